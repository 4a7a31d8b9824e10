import type { OrderRow } from '../../api';
import { describeFlowCode } from '../../../test/simulator';
import type { TrafficOrder, TrafficSimulator } from '../../../test/simulator';
import type { Publish } from '../http/hub';
import type { Courier } from '../pushes/courier';

const MAX_ORDERS = 500;

const NO_WORDS = { en: '', zh: '' };

const STATES: Readonly<Record<string, OrderRow['state']>> = { '0': 'inProgress', '1': 'succeeded' };

function orderRow(traffic: TrafficSimulator, order: TrafficOrder): OrderRow {
	const words = describeFlowCode(order.flowCode) ?? NO_WORDS;
	return {
		requestId: order.requestId,
		phone: order.phone,
		flowCode: order.flowCode,
		flowText: words.en,
		flowWords: words,
		customParm: order.customParm ?? '',
		price: order.price,
		acceptedAt: order.acceptedAt,
		state: STATES[traffic.statusPush(order.requestId).trafficSts] ?? 'failed',
	};
}

/** The newest first. */
export const listOrders = (traffic: TrafficSimulator | undefined): OrderRow[] =>
	traffic === undefined
		? []
		: traffic.ledger
				.list()
				.slice(-MAX_ORDERS)
				.reverse()
				.map((order) => orderRow(traffic, order));

/** Tells of an order when it is charged and when it has ended, and pushes its end. */
export function playOrders(
	traffic: TrafficSimulator,
	courier: Courier,
	publish: Publish,
): () => void {
	return traffic.ledger.charged.listen((order) => {
		publish('order', orderRow(traffic, order));
		void courier.delays.wait(traffic.settings.orderDelayMs).then(() => {
			publish('order', orderRow(traffic, order));
			courier.take('order-status', [{ ...traffic.statusPush(order.requestId) }]);
		});
	});
}
