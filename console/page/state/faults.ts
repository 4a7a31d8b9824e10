import type { ActiveFault, NewFault, VendorId } from '../../api';
import { get, send } from './api';
import { onLive } from './live';
import { resource } from './resource';
import { attempt } from './toasts';

export const faults = resource(() => get<ActiveFault[]>('/faults'));

onLive('faults', faults.reloadSoon);

export async function addFault(vendor: VendorId, fault: NewFault): Promise<void> {
	await attempt(() => send('POST', `/faults/${vendor}`, fault));
	await faults.reload();
}

export async function endFaults(vendors: Iterable<VendorId>): Promise<void> {
	for (const vendor of new Set(vendors)) {
		await attempt(() => send('DELETE', `/faults/${vendor}`));
	}
	await faults.reload();
}
