/** What the platform's values mean. */
import { textOf } from '../../shared/values';

/** What an order has come to. */
export type OrderStatus = 'succeeded' | 'processing' | 'failed';

/** `trafficSts`: 1 succeeded, 0 in progress, anything else failed. */
export function orderStatus(trafficSts: unknown): OrderStatus {
	const code = textOf(trafficSts);
	return code === '1' ? 'succeeded' : code === '0' ? 'processing' : 'failed';
}
