import type { Examples } from './example';

/** Ends in 0000 in the simulation: numbers that are not reached. */
const UNREACHABLE = '8613800130000';

export const smsPlatformExamples: Examples = {
	'message.send': {
		chinese: '向任何国家的一个或多个手机发送短信',
		parameters: {
			to: '={{ $json.to }}',
			content: '设备 4711 离线 😀',
			signature: '华信',
			options: { extno: '01' },
		},
		items: [{ to: `+86 138-0013-8000，${UNREACHABLE}` }, { to: '+852 9123 4567' }],
	},
	'message.sendAndWait': {
		chinese: '用短信询问一个人并等待答复：同意与否或一段文字，通过链接或回复短信',
		parameters: {
			to: '13800138000',
			route: 'domestic',
			message: '为卡 1064835816288 充值 1 GB 流量吗？',
			responseType: 'approval',
			replyBy: 'sms',
			options: { signature: '华信' },
		},
		answered: {
			data: { approved: true },
			respondedBy: 'sms',
			respondedAt: '2024-01-01T00:00:00.000Z',
			taskId: '2401010800000001',
		},
	},
	'message.sendAndWaitForDelivery': {
		chinese:
			'向一个或多个手机发送短信，并等待每个手机的送达结果。所读取的状态报告，其他工作流不会再得到。每个手机的每条短信均计费。',
		parameters: {
			to: '={{ $json.to }}',
			content: '设备 4711 离线',
			signature: '华信',
			route: 'domestic',
			options: { checkIntervalSeconds: 1 },
		},
		items: [{ to: '13800138000 13800130000' }],
	},
	'message.estimate': {
		chinese: '预估短信：谁会收到，谁不会及其原因，计费多少条。不发送任何内容。',
		parameters: {
			to: '={{ $json.to }}',
			content: '设备 4711 离线 😀',
			signature: '华信',
			route: 'international',
		},
		items: [{ to: `+86 138-0013-8000，${UNREACHABLE}；8613800138000；13900139000` }],
	},
	'message.sendSoap': {
		chinese: '通过 SOAP Web Service 向一个或多个手机发送短信。平台建议改用 Send 操作。',
		parameters: {
			route: 'hybrid',
			to: '8613800138000',
			content: 'a < b & "c"【华信】',
			options: { sendAt: '2035-01-02T03:04:05Z' },
		},
	},
	'message.sendDomestic': {
		chinese: '通过国内接口向中国大陆的一个或多个手机发送短信',
		parameters: { to: '13800138000 13900139000', content: '你好【华信】' },
	},
	'account.getBalance': {
		chinese: '查询账户的余额与支付方式',
		parameters: {},
	},
	'report.getMany': {
		chinese: '读取平台尚未给出的状态报告',
		parameters: { responseFormat: 'xml', limit: 4000 },
	},
	'reply.getMany': {
		chinese: '读取手机发回、平台尚未给出的短信',
		parameters: { responseFormat: 'xml' },
	},
	// Last: it invalidates the credential.
	'account.changePassword': {
		chinese: '修改平台上的密码。之后必须手动更新 n8n 中的凭证。',
		parameters: { newPassword: 'NewDemoPassword02' },
	},
};
