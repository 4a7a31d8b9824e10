import type { IDataObject } from 'n8n-workflow';

import { defineBatchOperation } from '../../../shared/contracts/operation';
import { adviseOnCardNumber } from '../../../shared/fields/cardNumbers';
import { toKb } from '../../../shared/wire/dataAmount';
import { inAnyCase, toMb, toNumber, toText } from '../../../shared/wire/values';
import { normalizeIdentifier, identifiers, realtime } from '../identifiers';
import { createUnclearReplyError, MAX_NUMBERS_PER_CALL, queryRequest, simBatch } from '../protocol';
import { cardStatus } from '../values';

/** What is known of a card. */
const simplify = (row: IDataObject): IDataObject => {
	const fields = inAnyCase(row);
	const remainingDataKb = toKb(fields.Balance);
	return {
		status: cardStatus(fields.Status),
		remainingDataMb: toMb(remainingDataKb),
		expiresAt: toText(fields.ExpireTS),
		serviceNumber: toText(fields.ServiceNum),
		imei: toText(fields.IMEI),
		iccid: toText(fields.ICCID),
		activatedAt: toText(fields.ActiveTS),
		remainingDataKb,
		statusCode: toNumber(fields.Status),
	};
};

/** The same fields for a card of which nothing is known. */
const NOTHING: IDataObject = Object.fromEntries(
	Object.keys(simplify({})).map((name) => [name, null]),
);

export const getMany = defineBatchOperation({
	resource: 'simBatch',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get status and remaining data of many SIM cards by IMEI or ICCID',
	description:
		'Get status, dates and remaining data of many cards by IMEI or ICCID, 20 in each request',
	source: 'SIM batch query',
	effect: 'read',
	vendor: simBatch,
	fields: { identifiers, realtime },
	options: {},
	batchSize: MAX_NUMBERS_PER_CALL,
	entries: (asked) =>
		asked.identifiers.map(({ kind, text }) => {
			// The vendor takes no IMEI together with ICCIDs, and one `update` for the whole call.
			const group = `${kind} ${asked.realtime ? 'now' : 'yesterday'}`;
			return {
				kind,
				text,
				realtime: asked.realtime,
				group,
				key: `${group} ${normalizeIdentifier(text)}`,
			};
		}),
	batchRequest: (entries) =>
		queryRequest(
			entries.map(({ text }) => text),
			entries.some((question) => question.realtime),
		),
	rowFor: ({ kind, text: identifier }, reply) => {
		const row = reply[kind].get(normalizeIdentifier(identifier));
		if (row === undefined) {
			if (reply.hasForeignRows) throw createUnclearReplyError(identifier);
			const notFound = { identifier, found: false };
			const hint = adviseOnCardNumber(identifier);
			return {
				raw: { ...notFound, ...(hint === undefined ? {} : { hint }) },
				simplify: () => ({ ...notFound, ...NOTHING, hint: hint ?? '' }),
			};
		}
		return {
			raw: { ...row },
			simplify: () => ({ identifier, found: true, ...simplify(row), hint: '' }),
		};
	},
});
