import { defineBatchOperation } from '../../../shared/contracts/operation';
import { adviseOnCardNumber } from '../../../shared/fields/cardNumbers';
import { toNumber, toText } from '../../../shared/wire/values';
import { normalizeIdentifier, identifiers, realtime } from '../identifiers';
import { MAX_NUMBERS_PER_CALL, queryRequest, simBatch } from '../protocol';
import { cardStatus, remainingKb } from '../values';

export const getMany = defineBatchOperation({
	resource: 'simBatch',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many SIM cards',
	description: 'Get status, dates and remaining data of many cards, 20 in each request',
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
			const hint = adviseOnCardNumber(identifier);
			const notFound = { identifier, found: false, ...(hint === undefined ? {} : { hint }) };
			return { raw: notFound, simplify: () => notFound };
		}
		return {
			raw: { ...row },
			simplify: () => ({
				identifier,
				found: true,
				serviceNumber: toText(row.ServiceNum),
				imei: toText(row.IMEI),
				iccid: toText(row.ICCID),
				status: cardStatus(row.Status),
				statusCode: toNumber(row.Status),
				activatedAt: toText(row.ActiveTS),
				expiresAt: toText(row.ExpireTS),
				remainingDataKb: remainingKb(row.Balance),
			}),
		};
	},
});
