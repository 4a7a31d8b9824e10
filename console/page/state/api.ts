import type { Bilingual } from '../../api';
import { API_PATH } from '../../api';
import { inBoth } from './language';

/** What the server said it cannot do, or that it is not there. */
export class ApiError extends Error {
	constructor(readonly words: Bilingual) {
		super(words.en);
	}
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The address of a call, with those parts of the query that are given. */
export function apiUrl(path: string, query: Query = {}): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== '') search.set(name, String(value));
	}
	return search.size === 0 ? `${API_PATH}${path}` : `${API_PATH}${path}?${search}`;
}

/** Asks for what the protocol says is of this type. */
export async function get<T>(path: string, query?: Query): Promise<T> {
	return await call<T>('GET', apiUrl(path, query));
}

/** Changes something; the answer is of the type that the protocol says. */
export async function send<T>(
	method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
	path: string,
	body?: object,
): Promise<T> {
	return await call<T>(method, apiUrl(path), body);
}

async function call<T>(method: string, url: string, body?: object): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: body && { 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	}).catch(() => {
		throw new ApiError(inBoth(({ errors }) => errors.noServer));
	});
	const text = await response.text();
	if (!response.ok) {
		throw new ApiError(errorIn(text) ?? inBoth(({ errors }) => errors.status(response.status)));
	}
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

function errorIn(text: string): Bilingual | undefined {
	try {
		const { error } = JSON.parse(text) as { error?: Bilingual };
		return error;
	} catch {
		return undefined;
	}
}
