import { defineBatchOperation } from '../../../shared/operation';
import { numberOf, textOf } from '../../../shared/values';
import { canonical, identifiers, realtime } from '../identifiers';
import { MOST_NUMBERS, queryRequest, simBatch } from '../protocol';
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
	batchSize: MOST_NUMBERS,
	questions: (asked) =>
		asked.identifiers.map(({ kind, text }) => {
			// The vendor takes no IMEI together with ICCIDs, and one `update` for the whole call.
			const group = `${kind} ${asked.realtime ? 'now' : 'yesterday'}`;
			return { kind, text, realtime: asked.realtime, group, key: `${group} ${canonical(text)}` };
		}),
	batchRequest: (questions) =>
		queryRequest(
			questions.map(({ text }) => text),
			questions.some((question) => question.realtime),
		),
	answer: ({ kind, text: identifier }, reply) => {
		const row = reply[kind].get(canonical(identifier));
		if (row === undefined) {
			const notFound = { identifier, found: false };
			return { vendor: notFound, simplified: notFound };
		}
		return {
			vendor: { ...row },
			simplified: {
				identifier,
				found: true,
				serviceNumber: textOf(row.ServiceNum),
				imei: textOf(row.IMEI),
				iccid: textOf(row.ICCID),
				status: cardStatus(row.Status),
				statusCode: numberOf(row.Status),
				activatedAt: textOf(row.ActiveTS),
				expiresAt: textOf(row.ExpireTS),
				remainingDataKb: remainingKb(row.Balance),
			},
		};
	},
});
