import type { Examples } from './example';

/** The first cards of the simulated fleet, which is the same everywhere. */
const CARDS = ['1064835816288', '1064835816289', '1064835816290'];

const items = CARDS.map((card) => ({ card }));
const card = '={{ $json.card }}';

export const m2mCardExamples: Examples = {
	'card.get': {
		chinese: '查询卡的套餐、日期与各种号码',
		parameters: { cardKey: card },
		items,
	},
	'card.getStatus': {
		chinese: '查询卡的当月用量、卡状态、设备状态、IP 地址与网络类型',
		parameters: { cardKey: card },
		items,
	},
	'card.getOverview': {
		chinese: '在一个 item 中得到卡的全部信息：套餐、状态、已用与剩余流量、剩余天数。发出三个请求。',
		parameters: { cardKey: card },
		items,
	},
	'dataUsage.getMonthly': {
		chinese: '查询卡在最近 12 个月中某个月的用量',
		parameters: { cardKey: card, month: '' },
		items,
	},
	'dataUsage.getRemaining': {
		chinese: '查询卡当前的剩余流量',
		parameters: { cardKey: card },
		items,
	},
	'sms.send': {
		chinese: '向物联网卡或手机发送短信',
		parameters: { recipientType: '0', mobile: card, content: '你好 Test/1+1=2' },
		items,
	},
	'sms.sendFormatted': {
		chinese: '按 CMPP 信息格式（例如二进制）向物联网卡发送短信',
		parameters: { format: 8, mobile: card, content: '你好' },
		items,
	},
	// A key of its own sends it first: see the delivery of a message in the tests.
	'sms.getDelivery': {
		chinese: '查询已发送的短信是否送达',
		parameters: { sendKey: 'Example0SendKey1' },
	},
	'sms.getReplies': {
		chinese: '读取卡片和手机发回的短信',
		parameters: { limit: 50 },
	},
	'device.startDiagnosis': {
		chinese: '请平台诊断设备是否开机',
		parameters: { cardNumber: card },
		items,
	},
	'device.getDiagnosis': {
		chinese: '查询设备最近一次诊断的结果',
		parameters: { cardNumber: CARDS[0] },
	},
	'device.diagnose': {
		chinese: '判断设备是否开机：启动诊断并等待结果',
		parameters: { cardNumber: CARDS[0] },
	},
	'location.locate': {
		chinese: '请平台通过移动网络定位卡片（LBS）',
		parameters: { cardKey: card },
		items,
	},
	'location.getBaseStation': {
		chinese: '查询移动网络基站的经纬度与地址',
		parameters: { mcc: '460', mnc: '0', lac: '9763', cellId: '3693' },
	},
};
