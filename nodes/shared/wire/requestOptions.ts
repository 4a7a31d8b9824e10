/**
 * What every credential's `authenticate` needs: it is called with the options of our own operations
 * (`url`, `body`) and of the HTTP Request node (`uri`, `body` or `form`), and again on options that
 * are signed already.
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { InputError } from '../contracts/errors';
import { parseJson } from './json';
import { isRecord } from './values';

/** The HTTP Request node still speaks the older dialect of request options. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	form?: unknown;
	formData?: unknown;
	rejectUnauthorized?: boolean;
};

const isAbsolute = (url: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(url);

/** An address as a user wrote it, without white space around it and what cannot be seen. */
const tidy = (address: string): string => address.replace(/\p{Cf}/gu, '').trim();

/** Whether a base URL does not say how to connect, so that `http://` is assumed. */
export const lacksScheme = (baseUrl: string): boolean => {
	const text = tidy(baseUrl);
	return text !== '' && !isAbsolute(text);
};

/** Host, perhaps a port, perhaps a path. */
const WITHOUT_SCHEME = /^(?:[^/:@[\]]+|\[[^/@[\]]+\])(?::\d+)?(?:\/(?!\/)|$)/;

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])$/i;

/** The host of a URL, as it is looked up; empty where there is none. */
function hostOf(url: string): string {
	try {
		return new URL(url).hostname;
	} catch {
		return '';
	}
}

/**
 * The address that a user wrote, without the slashes at its end.
 *
 * @throws InputError where the URL parser would guess what is meant, and connect to something else
 */
function parseBaseUrl(given: string): string {
	const text = tidy(given);
	const url = isAbsolute(text) ? text : `http://${text}`;
	const host = hostOf(url);
	const isValid =
		/^https?:\/\/[^/]/i.test(url) &&
		(isAbsolute(text) || WITHOUT_SCHEME.test(text)) &&
		!/[\s\\?#]/.test(text) &&
		HOST.test(host) &&
		!/^(?:https?|ftp|null|undefined|nan)$/i.test(host);
	if (!isValid) {
		throw new InputError(
			'Base URL',
			'in the credential is not a valid address',
			'Write it like http://host:port or https://host/path.',
		);
	}
	let end = url.length;
	while (url[end - 1] === '/') end--;
	return url.slice(0, end);
}

/**
 * Joins a credential's base URL, which may carry a path, a trailing slash and stray white space,
 * with a path. A base URL without a scheme is taken as `http://`.
 *
 * @throws InputError for a base URL that is no address
 */
export const joinUrl = (baseUrl: string, path: string): string =>
	`${parseBaseUrl(baseUrl)}/${path.replace(/^\/+/, '')}`;

/** Where the request goes, as the caller wrote it. */
export const getUrl = (options: AnyRequestOptions): string => options.url ?? options.uri ?? '';

/** The same options with another URL, under the name the caller used. */
export const withUrl = (options: AnyRequestOptions, url: string): IHttpRequestOptions =>
	options.url === undefined && options.uri !== undefined
		? ({ ...options, uri: url } as IHttpRequestOptions)
		: { ...options, url };

/** Makes a relative URL absolute; an absolute one stays. */
export const withBaseUrl = (options: IHttpRequestOptions, baseUrl: string): IHttpRequestOptions => {
	const url = getUrl(options);
	return isAbsolute(url) ? options : withUrl(options, joinUrl(baseUrl, url));
};

/** Whether the user wants to connect whatever certificate the server shows. */
export const ignoresSslIssues = (credentials: ICredentialDataDecryptedObject): boolean =>
	credentials.allowUnauthorizedCerts === true;

/** Connects whatever certificate the server shows, where the credential says so. */
export const withSslChoice = (
	options: AnyRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions => {
	if (!ignoresSslIssues(credentials)) return options;
	const both: AnyRequestOptions = {
		...options,
		skipSslCertificateValidation: true,
		rejectUnauthorized: false,
	};
	return both;
};

/** The same options with one more header; a header of that name in any case is replaced. */
export const withHeader = (
	options: IHttpRequestOptions,
	name: string,
	value: string,
): IHttpRequestOptions => ({
	...options,
	headers: {
		...Object.fromEntries(
			Object.entries(options.headers ?? {}).filter(
				([key]) => key.toLowerCase() !== name.toLowerCase(),
			),
		),
		[name]: value,
	},
});

/** Neither a file nor a stream; parsed forms have no prototype. */
const isPlainObject = (value: unknown): value is IDataObject =>
	isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));

const parseObject = (text: string): IDataObject | undefined => {
	const value = parseJson(text);
	return isRecord(value) ? value : undefined;
};

/**
 * Rewrites a JSON body, whether it is an object, a JSON text or fields of a form. Any other body,
 * such as a file, is left as it is.
 */
export function withJsonBody(
	options: AnyRequestOptions,
	rewrite: (body: IDataObject) => IDataObject,
): IHttpRequestOptions {
	const { form, ...rest } = options;
	const given: unknown = options.body ?? form ?? {};
	if (typeof given === 'string' && given.trim() !== '') {
		const body = parseObject(given);
		return body === undefined
			? options
			: withHeader({ ...rest, body: JSON.stringify(rewrite(body)) }, ...jsonHeader);
	}
	if (typeof given === 'string') return { ...rest, body: rewrite({}), json: true };
	if (!isPlainObject(given)) return options;
	return withHeader({ ...rest, body: rewrite(given) }, ...jsonHeader);
}

const jsonHeader = ['content-type', 'application/json; charset=utf-8'] as const;

const formHeader = ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'] as const;

/** A form as it goes over the wire, UTF-8. A list becomes one value with commas. */
export const encodeForm = (fields: IDataObject): string =>
	new URLSearchParams(
		Object.entries(fields).map(([name, value]): [string, string] => [name, String(value ?? '')]),
	).toString();

/** The declared content type, in lower case. */
export const getContentType = (options: IHttpRequestOptions): string => {
	const header = Object.entries(options.headers ?? {}).find(
		([name]) => name.toLowerCase() === 'content-type',
	);
	return String(header?.[1] ?? '').toLowerCase();
};

const isFormValue = (value: unknown): boolean =>
	Array.isArray(value) ? value.every(isFormValue) : typeof value !== 'object' || value === null;

/** The fields of a form that is an object, a form text or a JSON text; undefined for anything else. */
function parseFormFields(given: unknown, contentType: string): IDataObject | undefined {
	if (given === undefined || given === null || given === '') return {};
	if (isPlainObject(given)) return Object.values(given).every(isFormValue) ? given : undefined;
	if (typeof given !== 'string') return undefined;
	const fromJson = parseObject(given);
	if (fromJson !== undefined) return fromJson;
	return contentType === '' || contentType.includes('form')
		? Object.fromEntries(new URLSearchParams(given))
		: undefined;
}

/**
 * Puts fields before all others of a form, wherever the caller has the form: in the query of a GET,
 * otherwise in the body, which becomes a URL-encoded form. Fields of these names that the caller
 * wrote, in any case and in the URL too, are replaced. A body that is no form is left as it is.
 */
export function withFormFields(
	options: AnyRequestOptions,
	own: Readonly<Record<string, string>>,
): IHttpRequestOptions {
	const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
	const withOwn = (fields: IDataObject): IDataObject => ({ ...own, ...without(fields) });
	const without = (fields: IDataObject): IDataObject =>
		Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name.toLowerCase())));

	const [address = '', query, ...more] = getUrl(options).split('?');
	const kept = [query ?? '', ...more]
		.join('?')
		.split('&')
		.filter((pair) => pair !== '' && !names.has((pair.split('=')[0] ?? '').toLowerCase()));
	const url = kept.length === 0 ? address : `${address}?${kept.join('&')}`;
	const { form, formData, qs, ...rest }: AnyRequestOptions = withUrl(options, url);
	if ((options.method ?? 'GET').toUpperCase() === 'GET') {
		return { ...rest, qs: withOwn(isPlainObject(qs) ? qs : {}) };
	}
	const elsewhere = isPlainObject(qs) ? { ...rest, qs: without(qs) } : rest;
	const fields = parseFormFields(options.body ?? form ?? formData, getContentType(options));
	return fields === undefined
		? options
		: withHeader({ ...elsewhere, body: encodeForm(withOwn(fields)) }, ...formHeader);
}
