/** Carries requests to a vendor by n8n's helpers, which it is handed: it needs no n8n itself. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { toConnectionError } from './connectionErrors';
import { decodeBody, MAX_BODY_BYTES } from './decodeBody';
import { VendorError } from '../contracts/errors';
import type { Vendor, VendorRequest, VendorResponse } from '../contracts/operation';
import { redactDeep, createRedactor, redactSignatures } from './redact';
import { isRecord, toText } from './values';

/** Reads whatever n8n's request helper handed back with the full response asked for. */
export function toVendorResponse(reply: unknown, vendorName: string): VendorResponse {
	const { statusCode, headers, body } = isRecord(reply) ? reply : {};
	const contentType = isRecord(headers) ? toText(headers['content-type']) : '';
	const bytes = body instanceof Uint8Array ? body : Buffer.from(toText(body));
	if (bytes.length > MAX_BODY_BYTES) {
		throw new VendorError(`The reply of ${vendorName} is too large (${bytes.length} bytes)`, {
			code: 'REPLY_TOO_LARGE',
			advice: 'Ask for fewer rows at a time, and check Base URL in the credential.',
			outcomeUnknown: true,
		});
	}
	return {
		status: Number(statusCode) || 200,
		contentType,
		text: decodeBody(bytes, contentType),
	};
}

/** The request as n8n's helper takes it; the credential adds host, identity, time and signature. */
export const toRequestOptions = (
	request: VendorRequest,
	timeoutMs: number,
): IHttpRequestOptions => ({
	method: 'POST',
	url: request.path,
	headers: { ...request.headers },
	body: request.body,
	// Text, whatever its label says; and every status, or n8n would repeat the request after a 401.
	encoding: 'arraybuffer',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	timeout: timeoutMs,
});

/** Hides secrets in everything that an error shows. */
export function redactError(error: VendorError, redact: (text: string) => string): VendorError {
	const clean = (text: string) => redactSignatures(redact(text));
	return new VendorError(clean(error.message), {
		code: error.code,
		advice: clean(error.advice),
		vendorMessage: clean(error.vendorMessage),
		outcomeUnknown: error.outcomeUnknown,
		partlyDone: error.partlyDone,
		details: redactDeep(error.details, redact),
	});
}

/** What one request is sent with. */
export interface RequestContext<Reply> {
	readonly context: IExecuteFunctions | IPollFunctions;
	readonly vendor: Vendor<Reply>;
	/** Decrypted once for all requests: n8n would read the database again for each. */
	readonly credential: { id: string; data: ICredentialDataDecryptedObject };
	readonly timeoutMs: number;
}

/**
 * Sends one request, once, and reads its reply.
 *
 * @throws VendorError without secrets
 */
export async function sendRequest<Reply>(
	{ context, vendor, credential, timeoutMs }: RequestContext<Reply>,
	request: VendorRequest,
): Promise<Reply> {
	const type = vendor.credentialType;
	const inRequest = request.secrets ?? [];
	// Made when it is needed: it takes longer than to sign a request.
	const redact = () =>
		createRedactor([
			...inRequest,
			...vendor.secretFields.map((name) => toText(credential.data[name])),
		]);
	try {
		const reply: unknown = await context.helpers.httpRequestWithAuthentication
			.call(context, type, toRequestOptions(request, timeoutMs), {
				credentialsDecrypted: { ...credential, name: type, type },
			})
			.catch((error: unknown) => {
				throw toConnectionError(error, vendor.name);
			});
		const parsed = vendor.parseResponse(toVendorResponse(reply, vendor.name));
		return inRequest.length === 0 ? parsed : redactDeep(parsed, redact());
	} catch (error) {
		throw error instanceof VendorError ? redactError(error, redact()) : error;
	}
}
