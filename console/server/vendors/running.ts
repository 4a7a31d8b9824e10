import type { VendorId } from '../../api';
import type { Simulators } from '../../../test/simulator';
import { notFound } from '../problem';

/** The simulated platforms that the console shows; those that do not run are left out. */
export type RunningVendors = Partial<Simulators>;

/** A platform that must run for what is asked. */
export function needed<Id extends VendorId>(vendors: RunningVendors, id: Id): Simulators[Id] {
	const vendor: RunningVendors[Id] = vendors[id];
	if (vendor !== undefined) return vendor;
	throw notFound(`The platform "${id}" does not run here.`, `此处没有运行平台“${id}”。`);
}
