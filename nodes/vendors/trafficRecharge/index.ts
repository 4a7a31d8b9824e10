/** The traffic recharge platform: what it can do, in the order of its document. */
export { submitOrder } from './operations/submitOrder';
export { getOrder } from './operations/getOrder';
export { getBalance } from './operations/getBalance';
// Made of several calls:
export { submitOrderAndWait } from './operations/submitOrderAndWait';
// Made of none:
export { buildFlowCode } from './operations/buildFlowCode';
export { parseFlowCode } from './operations/parseFlowCode';
