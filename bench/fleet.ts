import { M2M_DEMO_ACCOUNT } from '../test/simulator';
import { Fleet } from '../test/simulator/m2m/fleet';
import type { Account } from './workflows';

export const ACCOUNT: Account = M2M_DEMO_ACCOUNT;

/** The largest fleet that is measured; the cards of a smaller one are the first of it. */
const FLEET_SIZE = 100_000;

/** The cards of the simulated vendors: they are worked out, the same in every process. */
const fleet = new Fleet(FLEET_SIZE, 1, Date.now);

export const cardNumbers = (count: number): Array<{ key: string }> =>
	Array.from({ length: count }, (_, at) => ({ key: fleet.cardAt(at).cardcode }));

export const imeis = (count: number): Array<{ identifier: string }> =>
	Array.from({ length: count }, (_, at) => ({ identifier: fleet.cardAt(at).imei }));
