import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/contracts/errors';
import { integerField } from '../../../shared/fields/fields';
import { defineOperation, type ItemClient, type Row } from '../../../shared/contracts/operation';
import { orderFields, orderOptions } from '../fields';
import { checkSize, placeOrder } from '../placeOrder';
import { trafficRecharge } from '../protocol';
import { QUERY_INTERVAL_MS } from '../queryPace';
import { queryOrder } from './getOrder';

/** Many packages arrive within seconds, so that the first look comes early. */
const FIRST_PAUSE_MS = 5_000;

/** What a look at an order gave; one that fails does not undo the order. */
const look = async (requestId: string, session: ItemClient<IDataObject>): Promise<Partial<Row>> =>
	await queryOrder(requestId, session).then(
		({ raw: vendor, simplified }) => ({ vendor, simplified: { ...simplified, checkError: '' } }),
		(failure: unknown) => {
			if (failure instanceof VendorError) return { simplified: { checkError: failure.message } };
			throw failure;
		},
	);

/**
 * Waits for the end of an order that was accepted, looking once a minute.
 *
 * @returns the last known status, with `timedOut` true when it is not the last one yet
 */
async function waitForEnd(
	accepted: Row,
	waitMs: number,
	session: ItemClient<IDataObject>,
): Promise<Row> {
	const { now, sleep } = session.environment;
	const requestId = String(accepted.simplified.requestId);
	const end = now() + waitMs;
	let { raw: vendor } = accepted;
	let simplified: IDataObject = { ...accepted.simplified, remark: '', checkError: '' };
	let isOver = false;
	for (
		let next = now() + Math.min(FIRST_PAUSE_MS, waitMs);
		!isOver && next <= end && requestId !== '';
		next = now() + QUERY_INTERVAL_MS
	) {
		await sleep(next - now());
		// A pause ends early only when the execution was cancelled.
		if (now() < next) break;
		const latest = await look(requestId, session);
		vendor = latest.raw ?? vendor;
		simplified = { ...simplified, ...latest.simplified };
		isOver = simplified.status === 'succeeded' || simplified.status === 'failed';
	}
	return { raw: vendor, simplified: { ...simplified, timedOut: !isOver } };
}

export const submitOrderAndWait = defineOperation({
	resource: 'order',
	operation: 'submitAndWait',
	name: 'Submit and Wait',
	action: 'Submit an order and wait for its end',
	description:
		'Order data for a phone and wait until it has arrived or failed. Looks once a minute, one order after another.',
	source: 'Traffic recharge, flowOrder and getTrafficResult',
	effect: 'spend',
	notice:
		'Each order costs money. For an AI agent, set Max Size and Max Orders in the options: it cannot change them.',
	vendor: trafficRecharge,
	fields: orderFields,
	options: {
		...orderOptions,
		waitSeconds: integerField(
			{
				displayName: 'Wait Seconds',
				description:
					'How many seconds to wait for the end of each order. The platform can be asked once a minute.',
				unit: 'seconds',
			},
			{ min: 1, max: 86_400 },
			300,
		),
	},
	check: checkSize,
	perform: async ({ waitSeconds, ...parameters }, session: ItemClient<IDataObject>) => {
		const accepted = await placeOrder(parameters, session);
		// Much can happen while it waits.
		if (parameters.preventDuplicates) await session.idempotency.flush();
		return [await waitForEnd(accepted, waitSeconds * 1_000, session)];
	},
});
