/** Carries requests to a vendor by n8n's helpers, which it is handed: it needs no n8n itself. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { withAssumedScheme } from './connectionErrors';
import { decodeBody } from './decodeBody';
import { VendorError } from '../contracts/errors';
import type { Vendor, VendorRequest } from '../contracts/operation';
import { receive } from './receive';
import { redactDeep, createRedactor, redactSignatures } from './redact';
import { toText } from './values';

/** How a call is made. */
interface Call<Reply> {
	readonly vendor: Vendor<Reply>;
	/** Decrypted. */
	readonly credential: ICredentialDataDecryptedObject;
	/** For the whole call, to the last byte of the reply. */
	readonly timeoutMs: number;
	/** Ends the call, as the user does. */
	readonly cancelled?: AbortSignal | undefined;
}

/**
 * Makes one call and reads its reply. Of a reply that broke off only those rows are taken that the
 * vendor does not hand out again.
 *
 * @param start sends the request by a helper of n8n, with the full response as a stream
 * @throws VendorError
 */
export async function exchange<Reply>(
	{ vendor, credential, timeoutMs, cancelled }: Call<Reply>,
	start: (signal: AbortSignal) => Promise<unknown>,
): Promise<Reply> {
	try {
		const received = await receive(vendor.name, timeoutMs, cancelled, start);
		const { status, contentType, bytes, failure } = received;
		const parse = () =>
			vendor.parseResponse({ status, contentType, text: decodeBody(bytes, contentType) });
		if (failure === undefined) return parse();
		const part = vendor.holdsRows && attempt(parse);
		if (part !== undefined && vendor.holdsRows?.(part)) return part;
		throw failure;
	} catch (error) {
		throw withAssumedScheme(error, toText(credential.baseUrl));
	}
}

const attempt = <Value>(work: () => Value): Value | undefined => {
	try {
		return work();
	} catch {
		return undefined;
	}
};

/** The request as n8n's helper takes it; the credential adds host, identity, time and signature. */
export const toRequestOptions = (
	request: VendorRequest,
	timeoutMs: number,
): IHttpRequestOptions => ({
	method: 'POST',
	url: request.path,
	headers: { ...request.headers },
	body: request.body,
	// Bytes, whatever their label says; and every status, or n8n would repeat the request after a 401.
	encoding: 'stream',
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

type Context = IExecuteFunctions | IPollFunctions;

const getCancelSignal = (context: Context): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/** The same context, as one whose execution ends by this signal: n8n's helper takes no other. */
const withCancelSignal = <C extends Context>(context: C, signal: AbortSignal): C =>
	Object.create(context, { getExecutionCancelSignal: { value: () => signal } });

/** What one request is sent with. */
export interface RequestContext<Reply> {
	readonly context: Context;
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
		const parsed = await exchange(
			{ vendor, credential: credential.data, timeoutMs, cancelled: getCancelSignal(context) },
			async (signal) =>
				await context.helpers.httpRequestWithAuthentication.call(
					withCancelSignal(context, signal),
					type,
					{ ...toRequestOptions(request, timeoutMs), abortSignal: signal },
					{ credentialsDecrypted: { ...credential, name: type, type } },
				),
		);
		return inRequest.length === 0 ? parsed : redactDeep(parsed, redact());
	} catch (error) {
		throw error instanceof VendorError ? redactError(error, redact()) : error;
	}
}
