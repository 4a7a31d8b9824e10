/** How the SIM batch query wants to be asked, and how it answers. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { VendorError } from '../../shared/contracts/errors';
import type { Vendor, VendorRequest, VendorResponse } from '../../shared/contracts/operation';
import { createUnreadableReplyError, parseJsonReply } from '../../shared/wire/replies';
import { withBaseUrl } from '../../shared/wire/requestOptions';
import { toRows } from '../../shared/wire/rows';
import { inAnyCase, isRecord, toText } from '../../shared/wire/values';
import { normalizeIdentifier, type IdentifierKind } from './identifiers';

const platformName = 'SIM batch platform';

/** Makes the URL absolute: the document knows no identity and no signature. */
export const authenticate = (
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions => withBaseUrl(options, toText(credentials.baseUrl));

/** The rows of a reply by each of the numbers that a card may be asked for by. */
export interface SimBatchReply extends Readonly<
	Record<IdentifierKind, ReadonlyMap<string, IDataObject>>
> {
	/** Whether some rows have neither number, so that it is not known whose they are. */
	readonly hasForeignRows: boolean;
}

const numberIn = (row: IDataObject, kind: IdentifierKind): string =>
	normalizeIdentifier(toText(inAnyCase(row)[kind]));

/** Where several rows have the same number, the first counts. */
const rowsBy = (
	kind: IdentifierKind,
	rows: readonly IDataObject[],
): ReadonlyMap<string, IDataObject> =>
	new Map(rows.map((row) => [numberIn(row, kind), row] as const).reverse());

const isRow = (row: IDataObject): boolean => numberIn(row, 'IMEI') + numberIn(row, 'ICCID') !== '';

/** The document's one example of an error, which is none: it knows none of the numbers. */
const NOTHING_FOUND = '未查询到任何数据';

/** The vendor gives no codes, its words are all there is. */
const createSimBatchRefusal = (words: string): VendorError =>
	new VendorError(`${platformName} refused: ${words === '' ? 'it gave no reason' : words}`, {
		code: 'REFUSED',
		vendorMessage: words,
		advice:
			'Try again later. If it stays, ask the platform: it gives no error code, and its documentation does not list this message.',
	});

const isYes = (state: unknown): boolean => /^(?:true|1)$/i.test(toText(state));

const isNo = (state: unknown): boolean => /^(?:false|0)$/i.test(toText(state));

/**
 * Without codes, the words decide whether `state: false` is a failure. `result` is a list of objects,
 * one object, either as a JSON text, or empty.
 */
function parseReply(response: VendorResponse): SimBatchReply {
	const { state, result, error } = inAnyCase(parseJsonReply(response, platformName));
	const words = toText(error);
	const nothingFound = isNo(state) && words.includes(NOTHING_FOUND);
	if (isNo(state) && !nothingFound) throw createSimBatchRefusal(words);
	const found = nothingFound ? [] : toRows(result, isRow);
	const rows = found.filter(isRecord).filter(isRow);
	const hasForeignRows = rows.length < found.length;
	if ((!isYes(state) && !nothingFound) || (hasForeignRows && rows.length === 0)) {
		throw createUnreadableReplyError(response, platformName, false);
	}
	return { IMEI: rowsBy('IMEI', rows), ICCID: rowsBy('ICCID', rows), hasForeignRows };
}

/** The error of a number that may be in a row which was not understood. */
export const createUnclearReplyError = (identifier: string): VendorError =>
	new VendorError(
		`${platformName} sent rows that cannot be understood, and ${identifier} may be among them`,
		{
			code: 'NOT_DATA',
			advice:
				'Try again later, with this number alone. If it stays, show the reply to the platform.',
		},
	);

/** The platform behind the SIM batch query. */
export const simBatch: Vendor<SimBatchReply> = {
	name: platformName,
	credentialType: 'simBatchApi',
	secretFields: [],
	parseResponse: parseReply,
};

/** The platform refuses a call with more numbers. */
export const MAX_NUMBERS_PER_CALL = 20;

/**
 * @param numbers all IMEI or all ICCID, at most {@link MAX_NUMBERS_PER_CALL}
 * @param realtime whether the platform asks the carrier, or answers as of the end of yesterday
 */
export const queryRequest = (numbers: readonly string[], realtime: boolean): VendorRequest => ({
	path: '/api/app/querySimCardBatch',
	body: { imeis: numbers.join(','), update: realtime },
	headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
});
