import { defineIdempotentOperation } from '../../../shared/contracts/operation';
import { ORDER_NOTICE, orderFields, orderOptions } from '../fields';
import { checkSize, ownReference, placeOrder } from '../placeOrder';
import { trafficRecharge } from '../protocol';

export const submitOrder = defineIdempotentOperation({
	resource: 'order',
	operation: 'submit',
	name: 'Submit',
	action: 'Order mobile data for a phone: costs money',
	description:
		'Order mobile data for a phone. The order is accepted at once and carried out later.',
	source: 'Traffic recharge, flowOrder',
	effect: 'spend',
	notice: ORDER_NOTICE,
	vendor: trafficRecharge,
	fields: orderFields,
	options: orderOptions,
	check: checkSize,
	repeatKey: ownReference,
	perform: async (parameters, client, item) => [await placeOrder(parameters, client, item)],
});
