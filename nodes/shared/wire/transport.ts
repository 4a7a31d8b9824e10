/** Carries requests to a vendor by n8n's helpers, which it is handed: it needs no n8n itself. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { tellOfBaseUrl } from './connectionErrors';
import { decodeBody } from './decodeBody';
import { VendorError } from '../contracts/errors';
import type { Vendor, VendorRequest } from '../contracts/operation';
import { receive } from './receive';
import {
	createEchoFilter,
	joinFilters,
	redactDeep,
	redactSignatures,
	type EchoFilter,
} from './redact';
import { followProofs, secretsIn } from './secrets';
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
	/** What else of the request must not be shown. */
	readonly secrets?: readonly string[] | undefined;
}

/** Made once for all requests with a credential: it takes longer than to sign one. */
const filters = new WeakMap<ICredentialDataDecryptedObject, EchoFilter>();

function filterOf(vendor: Vendor<unknown>, credential: ICredentialDataDecryptedObject): EchoFilter {
	const made =
		filters.get(credential) ?? createEchoFilter(secretsIn(credential, vendor.secretFields));
	filters.set(credential, made);
	return made;
}

/**
 * Makes one call and reads its reply. Of a reply that broke off only those rows are taken that the
 * vendor does not hand out again. What the vendor repeats of the secrets in the request is hidden.
 *
 * @param start sends the request, signed with this credential, by a helper of n8n, with the full
 * response as a stream
 * @throws VendorError without secrets
 */
export async function exchange<Reply>(
	{ vendor, credential, timeoutMs, cancelled, secrets = [] }: Call<Reply>,
	start: (signal: AbortSignal, credential: ICredentialDataDecryptedObject) => Promise<unknown>,
): Promise<Reply> {
	const signing = followProofs(credential);
	const getFilter = () =>
		joinFilters(filterOf(vendor, credential), createEchoFilter(secrets, signing.proofs));
	try {
		const received = await receive(
			vendor.name,
			timeoutMs,
			cancelled,
			async (signal) => await start(signal, signing.credential),
		);
		const { status, contentType, bytes, failure } = received;
		const parse = () => {
			const filter = getFilter();
			const text = filter.hideCertain(decodeBody(bytes, contentType));
			return redactDeep(vendor.parseResponse({ status, contentType, text }), filter);
		};
		if (failure === undefined) return parse();
		const part = vendor.holdsRows && attempt(parse);
		if (part !== undefined && vendor.holdsRows?.(part)) return part;
		throw failure;
	} catch (error) {
		const tell = (told: VendorError, filter: EchoFilter) =>
			tellOfBaseUrl(redactError(told, filter), toText(credential.baseUrl), filter.hide);
		throw error instanceof VendorError ? tell(error, getFilter()) : error;
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

/** What a sentence of ours quotes a vendor with: a bracket, a quotation mark, a colon or a comma. */
const isQuoteOpen = (before: string): boolean => /(?:[("“「]|[:,] )$/.test(before.slice(-2));

/** Hides secrets in the vendor's words within a sentence of ours, which they end. */
function hideInQuote(sentence: string, words: string, hide: (text: string) => string): string {
	const at = words === '' ? -1 : sentence.lastIndexOf(words);
	if (at < 0 || !isQuoteOpen(sentence.slice(0, at))) return sentence;
	return sentence.slice(0, at) + hide(words) + sentence.slice(at + words.length);
}

/** Hides secrets in what an error shows of the vendor: its words, whatever quotes them, and details. */
export function redactError(error: VendorError, filter: EchoFilter): VendorError {
	const { message, vendorMessage, advice, code, outcomeUnknown, partlyDone, details } = error;
	const cleanOwn = (text: string) => redactSignatures(filter.hideCertain(text));
	return new VendorError(cleanOwn(hideInQuote(message, vendorMessage, filter.hide)), {
		code: cleanOwn(code),
		advice: cleanOwn(advice),
		vendorMessage: redactSignatures(filter.hide(vendorMessage)),
		outcomeUnknown,
		partlyDone,
		details: redactDeep(details, filter),
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
	return await exchange(
		{
			...{ vendor, timeoutMs, cancelled: getCancelSignal(context) },
			credential: credential.data,
			secrets: request.secrets,
		},
		async (signal, data) =>
			await context.helpers.httpRequestWithAuthentication.call(
				withCancelSignal(context, signal),
				type,
				{ ...toRequestOptions(request, timeoutMs), abortSignal: signal },
				{ credentialsDecrypted: { id: credential.id, data, name: type, type } },
			),
	);
}
