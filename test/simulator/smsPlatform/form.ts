import type { SimulatorRequest } from '../types';
import { Refusal } from './codes';
import type { SmsPlatformSettings } from './settings';

/** The parameters of a request; one that did not come is empty, as in ASP.NET. */
export class Form {
	constructor(private readonly values: ReadonlyMap<string, string>) {}

	get(name: string): string {
		return this.values.get(name) ?? '';
	}
}

function decode(text: string): string {
	if (/[^\x21-\x7e]/.test(text)) {
		throw new Refusal('ParamError', 'Parameters hold characters that are not URL-encoded');
	}
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		throw new Refusal('ParamError', `"${text.slice(0, 100)}" is not URL-encoded UTF-8`);
	}
}

/** Reads `a=1&b=2`. A name that comes twice has its values joined by a comma, as in ASP.NET. */
function parse(text: string): Form {
	const values = new Map<string, string>();
	for (const pair of text.split('&').filter((part) => part !== '')) {
		const at = pair.indexOf('=');
		const name = decode(at < 0 ? pair : pair.slice(0, at));
		const value = at < 0 ? '' : decode(pair.slice(at + 1));
		const before = values.get(name);
		values.set(name, before === undefined ? value : `${before},${value}`);
	}
	return new Form(values);
}

function checkContentType(header: string | undefined, requireCharset: boolean): void {
	const [type, ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
	if (type !== 'application/x-www-form-urlencoded') {
		throw new Refusal('ParamError', `A body of the type "${header ?? ''}" is not a form`);
	}
	const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
	if (charset === undefined ? requireCharset : !/^"?utf-8"?$/.test(charset)) {
		throw new Refusal('ParamError', `The charset is "${charset ?? ''}", not utf-8`);
	}
}

/** The parameters of a GET, which are in the query, or of a POST, which are in the body (SMS §1.2). */
export function readForm(request: SimulatorRequest, settings: SmsPlatformSettings): Form {
	if (request.method === 'GET') return parse(request.query.slice(1));
	checkContentType(request.headers['content-type'], settings.requireCharset);
	return parse(request.body);
}
