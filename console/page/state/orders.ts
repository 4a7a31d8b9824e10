import type { Balance, OrderRow, VendorId } from '../../api';
import { upsert } from '../logic/upsert';
import { get, send } from './api';
import { onLive } from './live';
import { overview } from './overview';
import { resource } from './resource';
import { attempt } from './toasts';

const KEPT = 500;

export const orders = resource(() => get<OrderRow[]>('/orders'));

onLive('order', (rows) =>
	orders.change((current) => upsert(current, rows, ({ requestId }) => requestId, KEPT)),
);

export async function setBalance(vendor: VendorId, id: string, value: number): Promise<boolean> {
	const path = `/balances/${vendor}/${encodeURIComponent(id)}`;
	const changed = await attempt(() => send<Balance>('PATCH', path, { value }));
	await overview.reload();
	return changed !== undefined;
}
