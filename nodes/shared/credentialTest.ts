/** The test behind the Save button of a credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { connectionError } from './connectionErrors';
import { VendorError } from './errors';
import type { Vendor, VendorRequest } from './operation';
import { redactor } from './redact';
import { optionsOf, responseOf, withoutSecrets } from './transport';
import { textOf } from './values';

/** Below the 20 seconds after which a user takes the dialog for broken. */
const TIMEOUT_MS = 15_000;

/** What a credential is tried with: something that neither costs nor consumes. */
export interface Trial<Reply> {
	readonly vendor: Vendor<Reply>;
	readonly authenticate: (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) => IHttpRequestOptions;
	readonly request: VendorRequest;
	/** Codes of refusals that only a right credential gets, such as "no such card". */
	readonly provenBy: readonly string[];
}

const OK: INodeCredentialTestResult = { status: 'OK', message: 'Connection successful' };

/** Signs and sends one request, and says in words what is wrong with the credential. */
export async function tryCredential<Reply>(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	{ vendor, authenticate, request, provenBy }: Trial<Reply>,
): Promise<INodeCredentialTestResult> {
	const hide = redactor(vendor.secretFields.map((name) => textOf(credentials[name])));
	const { url, method, headers, body } = authenticate(credentials, optionsOf(request, TIMEOUT_MS));
	// The helper for credential tests is the older one, with names of its own.
	const options = {
		uri: url,
		method,
		headers,
		body: typeof body === 'string' ? body : JSON.stringify(body),
		encoding: null,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
		timeout: TIMEOUT_MS,
	};
	const refusal = await context.helpers
		.request(options)
		.then(
			(reply: object) => vendor.read(responseOf(reply, vendor.name)),
			(error: unknown) => Promise.reject(connectionError(error, vendor.name)),
		)
		.then(
			() => undefined,
			(error: unknown) => error,
		);
	if (refusal === undefined) return OK;
	if (!(refusal instanceof VendorError)) {
		return { status: 'Error', message: hide(String(refusal)) };
	}
	if (provenBy.includes(refusal.code)) return OK;
	const { message, advice } = withoutSecrets(refusal, hide);
	return { status: 'Error', message: `${message}. ${advice}` };
}

/** The test of a credential, as every node that uses the credential names it. */
export const credentialTestOf = <Reply>(trial: Trial<Reply>) =>
	async function (
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await tryCredential(this, credential.data ?? {}, trial);
	};
