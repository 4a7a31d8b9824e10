/** How the M2M platform wants to be asked, and how it answers (M2M §1). */
import { randomInt } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { formatChinaTimestampMs } from '../../shared/fields/chinaTime';
import { createRefusal, VendorError } from '../../shared/contracts/errors';
import type { Row, Vendor, VendorRequest, VendorResponse } from '../../shared/contracts/operation';
import {
	createFlawedReplyError,
	createUnreadableReplyError,
	isWhole,
	readJsonReply,
	type ObjectReading,
} from '../../shared/wire/replies';
import type { JsonReading } from '../../shared/wire/brokenJson';
import { md5 } from '../../shared/wire/hash';
import {
	toRows as findRows,
	unreadBehind,
	unreadRest,
	type FoundRow,
} from '../../shared/wire/rows';
import { withBaseUrl, withJsonBody } from '../../shared/wire/requestOptions';
import { noteProofs, pastedText } from '../../shared/wire/secrets';
import { inAnyCase, readRow, toText } from '../../shared/wire/values';
import { errorCodes } from './errorCodes';
import { decodeContent, UNREAD_RESULT } from './values';

/** What the platform adds to the business fields of every request. */
const IDENTITY_FIELDS = ['partnercode', 'servicecode', 'requesttime', 'sign'] as const;

const SEQUENCE_SIZE = 100_000_000;
let sequence = randomInt(SEQUENCE_SIZE);

/**
 * `yyyyMMddHHmmssSSS` in China time and 8 digits of a running number, 25 characters (M2M §1.4). No
 * two of a process are equal; it starts anywhere, so that two processes hardly ever meet.
 */
export function nextRequestTime(epochMs: number): string {
	sequence = (sequence + 1) % SEQUENCE_SIZE;
	return formatChinaTimestampMs(epochMs) + String(sequence).padStart(8, '0');
}

/**
 * MD5 over the lower-cased concatenation, 32 lower-case hex digits (M2M §1.4).
 *
 * @param fields the values in the order of the document's request table, as they are sent
 */
export const sign = (
	password: string,
	requestTime: string,
	fields: ReadonlyArray<string | number>,
): string => md5([password, requestTime, ...fields].join('').toLowerCase());

/** The values that business fields add to the signature, in their order. */
const signedValues = (fields: IDataObject, signContentAs: unknown): string[] =>
	Object.entries(fields).map(([name, value]) => {
		const sent = value === null || value === undefined ? '' : String(value);
		return name === 'content' && signContentAs === 'raw' ? decodeContent(sent) : sent;
	});

/**
 * Adds identity, time and signature to a request. The document's order of fields is the order of the
 * body and of the signature for all twelve operations, so the body's own order decides. Signing
 * signed options again gives a fresh signature.
 *
 * @param credentials of type `m2mCardApi`
 * @param options of our own operations or of the HTTP Request node; the body is JSON
 */
export function authenticate(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	now: () => number = Date.now,
): IHttpRequestOptions {
	const requesttime = nextRequestTime(now());
	return withJsonBody(withBaseUrl(options, toText(credentials.baseUrl)), (body) => {
		const fields = Object.fromEntries(
			Object.entries(body).filter(([name]) => !IDENTITY_FIELDS.some((own) => own === name)),
		);
		const values = signedValues(fields, credentials.signContentAs);
		const password = pastedText(credentials.password);
		const signature = sign(password, requesttime, values);
		// A server that explains what it signed begins with the latter.
		noteProofs(credentials, signature, password + requesttime);
		return {
			partnercode: pastedText(credentials.partnerCode),
			servicecode: pastedText(credentials.serviceCode),
			requesttime,
			sign: signature,
			...fields,
		};
	});
}

/** A reply as it came, and its rows. */
export interface M2mReply {
	readonly raw: IDataObject;
	readonly rows: readonly IDataObject[];
}

/** What tells a row from an object around rows: names of M2M §2 and §3 that only rows have. */
const ROW_FIELDS = [
	'cardcode',
	'iccid',
	'imsi',
	'imei',
	'mobile',
	'sendkey',
	'content',
	'surplusflow',
	'longitude',
	'latitude',
];

const isRow = (row: IDataObject): boolean => {
	const fields = inAnyCase(row);
	return ROW_FIELDS.some((name) => fields[name] !== undefined);
};

/**
 * `result` comes as a list of objects, one object, either of them as a JSON text, an empty text or
 * null. A text that is neither becomes a row of its own, so that a read-once reply is not lost.
 */
export const toRows = (result: unknown): readonly IDataObject[] => asRows(findRows(result, isRow));

const asRows = (found: readonly FoundRow[]): readonly IDataObject[] =>
	found.map((row) => (typeof row === 'string' ? { [UNREAD_RESULT]: row } : row));

/** The rows of a reply or a push of which not all could be read. */
export function rescueRows(reading: JsonReading, result: unknown): readonly IDataObject[] {
	const rows = toRows(result);
	return rows.length > 0 ? rows : asRows(unreadRest(reading, isRow));
}

const SUCCESS = '0000';
export const CARD_UNKNOWN = '0014';
export const NO_RECORD = '0019';
export const SEND_KEY_USED = '0024';

const platformName = 'M2M platform';

/** The platform's refusal in words; the codes are those of M2M §4.1. */
export const createM2mRefusal = (code: string, message: string): VendorError =>
	createRefusal(platformName, code, message, errorCodes);

const codeOf = (whole: IDataObject): string => toText(inAnyCase(whole).status).padStart(4, '0');

interface ReplyKind {
	/** The code that is no refusal here, beside success. */
	readonly accepted?: string;
	/** Whether the platform hands out each row once, so that none of a broken reply must be lost. */
	readonly isReadOnce?: boolean;
}

/** The rows of a read-once reply that is broken; none of a refusal. A status that was cut off is none. */
function readOnceRows(reading: ObjectReading): readonly IDataObject[] {
	const { status, result } = inAnyCase(reading.value);
	if (toText(status) === '') return toRows(result);
	if (codeOf(reading.value) !== SUCCESS) return [];
	return [...rescueRows(reading, result), ...unreadBehind(reading)];
}

/** Reads a reply: JSON that is often labelled `text/html`. */
function parseReply(
	response: VendorResponse,
	{ accepted, isReadOnce = false }: ReplyKind = {},
): M2mReply {
	const reading = readJsonReply(response, platformName);
	const { value: whole, behind } = reading;
	if (isReadOnce && (!isWhole(reading) || behind !== '')) {
		const rows = readOnceRows(reading);
		if (rows.length > 0) return { raw: whole, rows };
	}
	if (!isWhole(reading)) throw createFlawedReplyError(response, platformName, reading);
	const { status, message, result } = inAnyCase(whole);
	if (toText(status) === '') throw createUnreadableReplyError(response, platformName, false);
	const code = codeOf(whole);
	if (code === accepted) return { raw: whole, rows: [] };
	if (code !== SUCCESS) throw createM2mRefusal(code, toText(message));
	return { raw: whole, rows: toRows(result) };
}

/** The platform, as look-ups of one thing and orders talk to it. */
export const m2m: Vendor<M2mReply> = {
	name: platformName,
	credentialType: 'm2mCardApi',
	secretFields: ['password'],
	parseResponse: (response) => parseReply(response),
};

/** The platform, as lists talk to it: "no matching record" (0019) means none. */
export const m2mList: Vendor<M2mReply> = {
	...m2m,
	parseResponse: (response) => parseReply(response, { accepted: NO_RECORD }),
};

/** The platform, as messages are sent over it: that a send key was used before (0024) is for them to judge. */
export const m2mSend: Vendor<M2mReply> = {
	...m2m,
	parseResponse: (response) => parseReply(response, { accepted: SEND_KEY_USED }),
};

/**
 * Holds a message against the send keys that were used before.
 *
 * @throws VendorError when its key was
 */
export function refuseUsedSendKey({ raw: whole }: M2mReply): void {
	const code = codeOf(whole);
	if (code === SEND_KEY_USED) throw createM2mRefusal(code, toText(inAnyCase(whole).message));
}

/** The platform, as lists talk to it that it hands out once: no row of a broken reply is lost. */
export const m2mReadOnce: Vendor<M2mReply> = {
	...m2m,
	parseResponse: (response) => parseReply(response, { accepted: NO_RECORD, isReadOnce: true }),
	holdsRows: ({ rows }) => rows.length > 0,
};

/** A request to one of the platform's interfaces; all are POST with JSON (M2M §1.2). */
export const m2mRequest = (path: string, fields: IDataObject): VendorRequest => ({
	path,
	body: fields,
	headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
});

/** A word in place of a result; what is nested too deeply for one begins with a bracket. */
const isNoResult = (row: IDataObject): boolean =>
	Object.keys(row).every((name) => name === UNREAD_RESULT) &&
	!/^[[{]/.test(toText(row[UNREAD_RESULT]));

/** The rows of a look-up of one thing: at least one that can be understood, or an error. */
export const singleResponse =
	(simplify: (fields: IDataObject) => IDataObject) =>
	({ rows }: M2mReply): readonly Row[] => {
		const others = rows.filter((row) => !isNoResult(row));
		const found = others.flatMap((row) => {
			const item = readRow(row, simplify);
			return item === undefined ? [] : [{ raw: row, simplify: () => item }];
		});
		if (found.length > 0) return found;
		if (others.length === 0)
			throw createM2mRefusal(NO_RECORD, 'the platform reported success without a result');
		throw new VendorError(`${platformName} answered with something else than what was asked for`, {
			code: 'NOT_DATA',
			vendorMessage: JSON.stringify(others[0]),
			advice:
				'None of the documented fields is in its reply. Check Base URL in the credential, and show this to the platform.',
		});
	};

/** The rows of a list, which may be empty; one without any documented field as it came. */
export const listResponse =
	(simplify: (fields: IDataObject) => IDataObject) =>
	({ rows }: M2mReply): readonly Row[] =>
		rows.map((row) => ({ raw: row, simplify: () => readRow(row, simplify) ?? row }));

/** One item that says the platform took the order; there is no row to show. */
export const acknowledgedResponse = (
	{ raw: whole }: M2mReply,
	simplify: () => IDataObject,
): readonly Row[] => [{ raw: whole, simplify }];
