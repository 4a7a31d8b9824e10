/** What the platform's values mean. */
import { toText } from '../../shared/wire/values';

/** What an order has come to. */
export type OrderStatus = 'succeeded' | 'processing' | 'failed';

/** `trafficSts`: 1 succeeded, 0 in progress, anything else failed. */
export function orderStatus(trafficSts: unknown): OrderStatus {
	const code = toText(trafficSts);
	return code === '1' ? 'succeeded' : code === '0' ? 'processing' : 'failed';
}
