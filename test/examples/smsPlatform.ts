import type { Examples } from './example';

/** Ends in 0000 in the simulation: numbers that are not reached. */
const UNREACHABLE = '8613800130000';

export const smsPlatformExamples: Examples = {
	'message.send': {
		parameters: {
			to: '={{ $json.to }}',
			content: '设备 4711 离线 😀',
			options: { signature: '华信', extno: '01' },
		},
		items: [{ to: `+86 138-0013-8000，${UNREACHABLE}` }, { to: '+852 9123 4567' }],
	},
	'message.sendSoap': {
		parameters: {
			route: 'hybrid',
			to: '8613800138000',
			content: 'a < b & "c"【华信】',
			options: { sendAt: '2035-01-02T03:04:05Z' },
		},
	},
	'message.sendDomestic': {
		parameters: { to: '13800138000 13900139000', content: '你好【华信】' },
	},
	'account.getBalance': { parameters: {} },
	'report.getMany': { parameters: { responseFormat: 'xml', limit: 4000 } },
	'reply.getMany': { parameters: { responseFormat: 'xml' } },
	// Last: it invalidates the credential.
	'account.changePassword': { parameters: { newPassword: 'NewDemoPassword02' } },
};
