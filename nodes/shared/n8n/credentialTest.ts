/** The test behind the Save button of a credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { VendorError } from '../contracts/errors';
import type { CredentialProbe } from '../contracts/credentialProbe';
import { createEchoFilter } from '../wire/redact';
import { ignoresSslIssues } from '../wire/requestOptions';
import { secretsIn } from '../wire/secrets';
import { exchange, toRequestOptions } from '../wire/transport';

/** Below the 20 seconds after which a user takes the dialog for broken. */
const TIMEOUT_MS = 15_000;

const OK: INodeCredentialTestResult = { status: 'OK', message: 'Connection successful' };

/** Signs and sends one request, and says in words what is wrong with the credential. */
export async function runCredentialProbe<Reply>(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	{ vendor, authenticate, request, acceptedCodes }: CredentialProbe<Reply>,
): Promise<INodeCredentialTestResult> {
	const send = async (
		signal: AbortSignal,
		signing: ICredentialDataDecryptedObject,
	): Promise<unknown> => {
		const { url, method, headers, body } = authenticate(
			signing,
			toRequestOptions(request, TIMEOUT_MS),
		);
		// The helper for credential tests is the older one, with names of its own.
		return await context.helpers.request({
			uri: url,
			method,
			headers,
			body: typeof body === 'string' ? body : JSON.stringify(body),
			useStream: true,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			timeout: TIMEOUT_MS,
			// It takes no signal itself, but hands this on to the socket.
			agentOptions: { signal },
			...(ignoresSslIssues(credentials) ? { rejectUnauthorized: false } : {}),
		});
	};
	const refusal = await exchange(
		{ vendor, credential: credentials, timeoutMs: TIMEOUT_MS },
		send,
	).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (refusal === undefined) return OK;
	if (!(refusal instanceof VendorError)) {
		const { hide } = createEchoFilter(secretsIn(credentials, vendor.secretFields));
		return { status: 'Error', message: hide(String(refusal)) };
	}
	if (acceptedCodes.includes(refusal.code)) return OK;
	const { message, advice } = refusal;
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
