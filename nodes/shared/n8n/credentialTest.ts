/** The test behind the Save button of a credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { toConnectionError } from '../wire/connectionErrors';
import { VendorError } from '../contracts/errors';
import type { CredentialProbe } from '../contracts/credentialProbe';
import { createRedactor } from '../wire/redact';
import { toRequestOptions, toVendorResponse, redactError } from '../wire/transport';
import { toText } from '../wire/values';

/** Below the 20 seconds after which a user takes the dialog for broken. */
const TIMEOUT_MS = 15_000;

const OK: INodeCredentialTestResult = { status: 'OK', message: 'Connection successful' };

/** Signs and sends one request, and says in words what is wrong with the credential. */
export async function runCredentialProbe<Reply>(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	{ vendor, authenticate, request, acceptedCodes }: CredentialProbe<Reply>,
): Promise<INodeCredentialTestResult> {
	const redact = createRedactor(vendor.secretFields.map((name) => toText(credentials[name])));
	const { url, method, headers, body } = authenticate(
		credentials,
		toRequestOptions(request, TIMEOUT_MS),
	);
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
			(reply: object) => vendor.parseResponse(toVendorResponse(reply, vendor.name)),
			(error: unknown) => Promise.reject(toConnectionError(error, vendor.name)),
		)
		.then(
			() => undefined,
			(error: unknown) => error,
		);
	if (refusal === undefined) return OK;
	if (!(refusal instanceof VendorError)) {
		return { status: 'Error', message: redact(String(refusal)) };
	}
	if (acceptedCodes.includes(refusal.code)) return OK;
	const { message, advice } = redactError(refusal, redact);
	return { status: 'Error', message: `${message}. ${advice}` };
}

/** The test of a credential, as every node that uses the credential names it. */
export const createCredentialTest = <Reply>(probe: CredentialProbe<Reply>) =>
	async function (
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await runCredentialProbe(this, credential.data ?? {}, probe);
	};
