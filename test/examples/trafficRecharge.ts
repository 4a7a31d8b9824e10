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
	'order.submit': {
		chinese: '为手机号订购流量。订单立即受理，稍后执行。',
		parameters: { ...order, options: { customParm: 'EXAMPLE-1' } },
	},
	'order.submitAndWait': {
		chinese: '为手机号订购流量，并等到到账或失败。每分钟查询一次，订单逐个处理。',
		parameters: { ...order, options: { customParm: 'EXAMPLE-2' } },
	},
	// The order of another example is there first: see the orders in the tests.
	'order.get': {
		chinese: '查询订单的结果。距上次查询不足一分钟时会等待，手动执行步骤时除外。',
		parameters: { requestId: '={{ $json.requestId }}' },
	},
	'account.getBalance': {
		chinese: '查询账户剩余的金额',
		parameters: {},
	},
	'flowCode.build': {
		chinese: '由运营商、大小、省份和类型生成流量代码。不发送任何请求。',
		parameters: { carrier: '2', province: 'BJ', sizeMb: 1024, packageType: '1', roaming: '0' },
	},
	'flowCode.parse': {
		chinese: '解释流量代码的含义。不发送任何请求。',
		parameters: { flowCode: '1BJ00001020' },
	},
};
