import type { Examples } from './example';

/** The first cards of the simulated fleet, which is the same everywhere. */
const CARDS = ['1064835816288', '1064835816289', '1064835816290'];

/** Rows as Get Many gives them; the last one was not found. */
const REPORTED = [
	{
		...{ cardKey: '1064800000001', found: true, cardNumber: '1064800000001', cardStatus: 'normal' },
		...{ online: true, plan: '100 MB', iccid: '89860423191900000011', imei: '352019040635785' },
		...{ usedDataKb: 110_000, planDataKb: 102_400, remainingDataKb: 0 },
		billingEndDate: '2024-01-31',
	},
	{
		...{ cardKey: '1064800000002', found: true, cardNumber: '1064800000002' },
		...{ cardStatus: 'suspended', online: false, plan: '1 GB', iccid: '89860423191900000029' },
		...{ usedDataKb: 512, planDataKb: 1_048_576, remainingDataKb: 1_048_064 },
		billingEndDate: '2024-12-31',
	},
	{
		cardKey: '1064899999999',
		found: false,
		errorCode: '0014',
		errorMessage: 'card does not exist',
	},
];

const items = CARDS.map((card) => ({ card }));
const card = '={{ $json.card }}';

export const m2mCardExamples: Examples = {
	'card.get': {
		chinese: '查询卡的套餐、计费日期、各种号码与使用者',
		parameters: { cardKey: card },
		items,
	},
	'card.getStatus': {
		chinese: '查询卡是否正常、是否在线，设备、IP 地址与网络类型，以及当月用量',
		parameters: { cardKey: card },
		items,
	},
	'card.getOverview': {
		chinese: '在一个 item 中得到卡的全部信息：状态、套餐、已用与剩余流量、剩余天数。发出三个请求。',
		parameters: { cardKey: card },
		items,
	},
	'card.getMany': {
		chinese: '查询多张卡，每张一个 item：粘贴卡号或号段即可。查不到的卡也是一个 item。',
		parameters: { cards: `${CARDS[0]}-${CARDS[2]}, 1064899999999` },
	},
	'fleet.createReport': {
		chinese:
			'把所有传入的卡汇总成一份报告：可发邮件的网页和 Excel 可打开的表格，包括总量、余量不足、即将到期、预计超出套餐的卡。不发送任何请求。',
		parameters: { title: 'Fleet of the example' },
		items: REPORTED,
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
	'sms.sendAndWaitForDelivery': {
		chinese: '向物联网卡或手机发送短信，并等待是否送达。各 item 依次等待自己的短信。',
		parameters: {
			mobile: CARDS[0],
			recipientType: '0',
			content: 'AT+REBOOT',
			options: { checkIntervalSeconds: 1 },
		},
	},
	'sms.sendFormatted': {
		chinese: '按 CMPP 信息格式（例如二进制）向物联网卡发送短信',
		parameters: { format: 8, mobile: card, content: '你好' },
		items,
	},
	// A key of its own sends it first: see the delivery of a message in the tests.
	'sms.getDelivery': {
		chinese: '凭 Send Key 查询已发送的短信是否送达',
		parameters: { sendKey: 'Example0SendKey1' },
	},
	'sms.getReplies': {
		chinese: '读取卡片和手机发回的短信。每条只返回一次。',
		parameters: { limit: 50 },
	},
	'device.startDiagnosis': {
		chinese: '请平台诊断设备是否开机，结果稍后用 Get Diagnosis 查询',
		parameters: { cardNumber: card },
		items,
	},
	'device.getDiagnosis': {
		chinese: '查询最近一次诊断时设备是否开机，不启动新的诊断',
		parameters: { cardNumber: CARDS[0] },
	},
	'device.diagnose': {
		chinese: '判断设备是否开机：启动诊断并等待结果',
		parameters: { cardNumber: CARDS[0] },
	},
	'location.locate': {
		chinese: '请平台通过移动网络定位卡片（LBS）。消耗定位次数；返回内容在文档中没有说明。',
		parameters: { cardKey: card },
		items,
	},
	'location.getBaseStation': {
		chinese: '按设备上报的小区查询移动网络基站的经纬度与地址',
		parameters: { mcc: '460', mnc: '0', lac: '9763', cellId: '3693' },
	},
};
