import { buildFlowCode } from './operations/buildFlowCode';
import { getBalance } from './operations/getBalance';
import { getOrder } from './operations/getOrder';
import { parseFlowCode } from './operations/parseFlowCode';
import { submitOrder } from './operations/submitOrder';
import { submitOrderAndWait } from './operations/submitOrderAndWait';

/**
 * What the traffic recharge platform can do, in the order of use: the first of a resource is what a node
 * opens on. A list, as the names of a module come in the order of the alphabet when it is bundled.
 */
export const operations = [
	submitOrder,
	submitOrderAndWait,
	getOrder,
	getBalance,
	buildFlowCode,
	parseFlowCode,
];
