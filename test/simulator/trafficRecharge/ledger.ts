import { randomInt } from 'node:crypto';

import { chinaDigits } from '../chinaTime';
import { Signal } from '../signal';

/** An order that was accepted, and thus charged. */
export interface Order {
	requestId: string;
	phone: string;
	flowCode: string;
	/** Absent when the order came without one. */
	customParm?: string;
	/** In yuan. */
	price: number;
	/** Milliseconds since 1970. */
	acceptedAt: number;
}

/** `trafficSts`: 0 in progress, 1 succeeded, anything else failed. */
export interface OrderStatus {
	trafficSts: string;
	remark: string;
}

/** All orders ever charged. One of a number that ends in 0000 fails in the end. */
export class Ledger {
	/** That an order was charged. */
	readonly charged = new Signal<Order>();

	private readonly orders = new Map<string, Order>();

	/** Starts anywhere, so that a vendor started anew gives out other numbers. */
	private serial = randomInt(90_000_000);

	private readonly queriedAt = new Map<string, number>();

	/** Queries refused because the one before was too recent. */
	hastyQueries = 0;

	add(order: Omit<Order, 'requestId'>): Order {
		this.serial++;
		const requestId =
			chinaDigits(order.acceptedAt).slice(0, 8) + String(this.serial).padStart(8, '0');
		const accepted = { requestId, ...order };
		this.orders.set(requestId, accepted);
		this.charged.emit(accepted);
		return accepted;
	}

	find(requestId: string): Order | undefined {
		return this.orders.get(requestId);
	}

	/** In the order of acceptance; narrowed to those with this reference or this phone. */
	list(customParmOrPhone?: string): readonly Order[] {
		return [...this.orders.values()].filter(
			({ customParm, phone }) =>
				customParmOrPhone === undefined ||
				customParm === customParmOrPhone ||
				phone === customParmOrPhone,
		);
	}

	/** How many orders were charged. */
	get charges(): number {
		return this.orders.size;
	}

	/** Notes a query; false when the one before is not `intervalMs` ago. A hasty one starts no new wait. */
	mayQuery(requestId: string, now: number, intervalMs: number): boolean {
		const last = this.queriedAt.get(requestId);
		if (last !== undefined && now - last < intervalMs) {
			this.hastyQueries++;
			return false;
		}
		this.queriedAt.set(requestId, now);
		return true;
	}

	statusOf({ phone, acceptedAt }: Order, now: number, delayMs: number): OrderStatus {
		if (now - acceptedAt < delayMs) return { trafficSts: '0', remark: '充值中' };
		return phone.endsWith('0000')
			? { trafficSts: '2', remark: '充值失败' }
			: { trafficSts: '1', remark: '充值成功' };
	}
}
