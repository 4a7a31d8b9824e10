/** Carries an operation's requests to its vendor through n8n: one of the two seams to n8n. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { toConnectionError } from './connectionErrors';
import { decodeBody, MAX_BODY_BYTES } from './decodeBody';
import { VendorError } from '../contracts/errors';
import type { Environment, Vendor, VendorRequest, VendorResponse } from '../contracts/operation';
import { hideIn, createRedactor, redactSignatures } from './redact';
import { toText } from './values';

/** How requests are paced: at most one starts in each interval. */
export function createPacer(intervalMs: number, environment: Environment): () => Promise<void> {
	let nextStart = 0;
	return async () => {
		if (intervalMs <= 0) return;
		const now = environment.now();
		const start = Math.max(now, nextStart);
		nextStart = start + intervalMs;
		if (start > now) await environment.sleep(start - now);
	};
}

/** Reads whatever n8n's request helper handed back with the full response asked for. */
export function toVendorResponse(
	reply: { statusCode?: unknown; headers?: unknown; body?: unknown },
	vendorName: string,
): VendorResponse {
	const headers = reply.headers;
	const contentType =
		typeof headers === 'object' && headers !== null && 'content-type' in headers
			? toText(headers['content-type'])
			: '';
	const bytes = reply.body instanceof Uint8Array ? reply.body : Buffer.from(toText(reply.body));
	if (bytes.length > MAX_BODY_BYTES) {
		throw new VendorError(`The reply of ${vendorName} is too large (${bytes.length} bytes)`, {
			code: 'REPLY_TOO_LARGE',
			advice: 'Ask for fewer rows at a time, and check Base URL in the credential.',
			outcomeUnknown: true,
		});
	}
	return {
		status: Number(reply.statusCode) || 200,
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
export function redactError(error: VendorError, hide: (text: string) => string): VendorError {
	const clean = (text: string) => redactSignatures(hide(text));
	return new VendorError(clean(error.message), {
		code: error.code,
		advice: clean(error.advice),
		vendorMessage: clean(error.vendorMessage),
		outcomeUnknown: error.outcomeUnknown,
		partlyDone: error.partlyDone,
		details: hideIn(error.details, hide),
	});
}

/** What a line to a vendor is opened with. */
export interface RequestContext<Reply> {
	readonly context: IExecuteFunctions | IPollFunctions;
	readonly vendor: Vendor<Reply>;
	/** Decrypted once for all requests: n8n would read the database again for each. */
	readonly credential: { id: string; data: ICredentialDataDecryptedObject };
	readonly timeoutMs: number;
	/**
	 * Resolves when the next request may start.
	 *
	 * @throws VendorError when it may not
	 */
	readonly pace: () => Promise<void>;
}

/**
 * Sends one request, once, and reads its reply.
 *
 * @throws VendorError without secrets
 */
export async function sendRequest<Reply>(
	{ context, vendor, credential, timeoutMs, pace }: RequestContext<Reply>,
	request: VendorRequest,
): Promise<Reply> {
	const inRequest = request.secrets ?? [];
	// Made when it is needed: it takes longer than to sign a request.
	const hider = () =>
		createRedactor([
			...inRequest,
			...vendor.secretFields.map((name) => toText(credential.data[name])),
		]);
	await pace();
	const exchange = context.helpers.httpRequestWithAuthentication
		.call(context, vendor.credentialType, toRequestOptions(request, timeoutMs), {
			credentialsDecrypted: {
				...credential,
				name: vendor.credentialType,
				type: vendor.credentialType,
			},
		})
		.catch((error: unknown) => {
			throw toConnectionError(error, vendor.name);
		});
	return exchange
		.then((reply) => {
			const read = vendor.parseResponse(toVendorResponse(reply, vendor.name));
			return inRequest.length === 0 ? read : hideIn(read, hider());
		})
		.catch((error: unknown) => {
			throw error instanceof VendorError ? redactError(error, hider()) : error;
		});
}
