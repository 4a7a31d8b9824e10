import type { Examples } from './example';

const order = {
	phone: '13800138001',
	flowCodeMode: 'build',
	carrier: '1',
	province: 'QG',
	sizeMb: 1024,
	packageType: '1',
	roaming: '0',
};

export const trafficRechargeExamples: Examples = {
	'order.submit': { parameters: { ...order, options: { customParm: 'EXAMPLE-1' } } },
	'order.submitAndWait': { parameters: { ...order, options: { customParm: 'EXAMPLE-2' } } },
	// The order of another example is there first: see the orders in the tests.
	'order.get': { parameters: { requestId: '={{ $json.requestId }}' } },
	'account.getBalance': { parameters: {} },
	'flowCode.build': {
		parameters: { carrier: '2', province: 'BJ', sizeMb: 1024, packageType: '1', roaming: '0' },
	},
	'flowCode.parse': { parameters: { flowCode: '1BJ00001020' } },
};
