import { isObject } from '../types';
import { Refusal } from './codes';
import { OPERATIONS } from './operations';
import type { M2mOperationName } from './operations';
import type { RequestTimes } from './requestTime';
import type { M2mSettings } from './settings';
import { m2mSign } from './signature';

/** What a customer of the vendor signs requests with (M2M §1.5). */
export interface M2mAccount {
	partnerCode: string;
	serviceCode: string;
	password: string;
}

/** The business fields of a request that passed; `fmt` as its decimal digits. */
export type Fields = Readonly<Record<string, string>>;

export function parseBody(body: string): Record<string, unknown> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		throw new Refusal('0015');
	}
	if (!isObject(parsed)) throw new Refusal('0015');
	return parsed;
}

function text(body: Record<string, unknown>, name: string): string {
	const value = body[name];
	if (typeof value !== 'string') throw new Refusal('0015');
	return value;
}

/** `fmt` is the one field that is a number (M2M §2.4.3 prints it without quotes). */
export function businessField(body: Record<string, unknown>, name: string): string {
	const value = body[name];
	if (value === undefined || value === null || value === '') throw new Refusal('0015');
	if (name !== 'fmt') return text(body, name);
	if (typeof value !== 'number') throw new Refusal('0023');
	return String(value);
}

/** Percent escapes in upper case, and no escape for what may stand either way. */
function canonical(encoded: string): string {
	return encoded
		.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
		.replace(/%(21|27|28|29|2A|7E)/g, (escape) => decodeURIComponent(escape));
}

/**
 * The text that `content` stands for. Content that was not URL-encoded is refused (M2M §2.3.1), and
 * so is a space as `+`, which would arrive as a plus.
 */
export function decodeContent(content: string): string {
	let decoded: string;
	try {
		decoded = decodeURIComponent(content);
	} catch {
		throw new Refusal('0015');
	}
	if (canonical(encodeURIComponent(decoded)) !== canonical(content)) throw new Refusal('0015');
	return decoded;
}

export function signedValue(name: string, value: string, settings: M2mSettings): string {
	return name === 'content' && settings.signContentAs === 'raw' ? decodeContent(value) : value;
}

/** Checks all that the calls of M2M §2 have in common, and gives the business fields. */
export function openEnvelope(
	body: Record<string, unknown>,
	operation: M2mOperationName,
	account: M2mAccount,
	settings: M2mSettings,
	requestTimes: RequestTimes,
): Fields {
	if (text(body, 'partnercode') !== account.partnerCode) throw new Refusal('0011');
	if (text(body, 'servicecode') !== account.serviceCode) throw new Refusal('0012');
	const requesttime = text(body, 'requesttime');
	requestTimes.checkLayoutAndZone(requesttime);

	const names = OPERATIONS[operation].fields;
	const fields = Object.fromEntries(names.map((name) => [name, businessField(body, name)]));
	const signed = names.map((name) => signedValue(name, fields[name] ?? '', settings));
	const password = settings.comparedSecret || account.password;
	if (text(body, 'sign') !== m2mSign(password, requesttime, signed)) {
		throw new Refusal('0013');
	}
	requestTimes.checkFirstUse(requesttime);
	return fields;
}
