import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/contracts/errors';
import {
	defineIdempotentOperation,
	type Row,
	type VendorClient,
} from '../../../shared/contracts/operation';
import { integerField } from '../../../shared/fields/fields';
import { ORDER_NOTICE, orderFields, orderOptions } from '../fields';
import { checkSize, ownReference, placeOrder } from '../placeOrder';
import { trafficRecharge } from '../protocol';
import { QUERY_INTERVAL_MS } from '../queryPace';
import { queryOrder } from './getOrder';

/** Many packages arrive within seconds, so that the first look comes early. */
const FIRST_PAUSE_MS = 5_000;

/** What is known of an order. */
interface OrderState {
	readonly raw: IDataObject;
	readonly simplified: IDataObject;
}

/** Looks at an order; a look that fails does not undo the order, and is told beside what is known. */
const refresh = async (
	{ raw, simplified }: OrderState,
	requestId: string,
	client: VendorClient<IDataObject>,
): Promise<OrderState> =>
	await queryOrder(requestId, client).then(
		(row) => ({ raw: row.raw, simplified: { ...simplified, ...row.simplify(), checkError: '' } }),
		(failure: unknown) => {
			if (!(failure instanceof VendorError)) throw failure;
			return { raw, simplified: { ...simplified, checkError: failure.message } };
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
	client: VendorClient<IDataObject>,
): Promise<Row> {
	const { now, sleep } = client.environment;
	let state: OrderState = {
		raw: accepted.raw,
		simplified: { ...accepted.simplify(), remark: '', checkError: '' },
	};
	const requestId = String(state.simplified.requestId);
	const end = now() + waitMs;
	let isOver = false;
	for (
		let next = now() + Math.min(FIRST_PAUSE_MS, waitMs);
		!isOver && next <= end && requestId !== '';
		next = now() + QUERY_INTERVAL_MS
	) {
		await sleep(next - now());
		// A pause ends early only when the execution was cancelled.
		if (now() < next) break;
		state = await refresh(state, requestId, client);
		isOver = state.simplified.status === 'succeeded' || state.simplified.status === 'failed';
	}
	const simplified = { ...state.simplified, timedOut: !isOver };
	return { raw: state.raw, simplify: () => simplified };
}

export const submitOrderAndWait = defineIdempotentOperation({
	resource: 'order',
	operation: 'submitAndWait',
	name: 'Submit and Wait',
	action: 'Order mobile data for a phone and wait until it has arrived: costs money',
	description:
		'Order mobile data for a phone and wait until it has arrived or failed. Looks once a minute, one order after another.',
	source: 'Traffic recharge, flowOrder and getTrafficResult',
	effect: 'spend',
	notice: ORDER_NOTICE,
	vendor: trafficRecharge,
	fields: orderFields,
	options: {
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
		...orderOptions,
	},
	check: checkSize,
	repeatKey: ownReference,
	perform: async ({ waitSeconds, ...parameters }, client, item) => {
		const accepted = await placeOrder(parameters, client, item);
		// Much can happen while it waits.
		if (parameters.preventDuplicates) await item.idempotency.flush();
		return [await waitForEnd(accepted, waitSeconds * 1_000, client)];
	},
});
