/**
 * The examples in words: what each is called, what it does, and how to play it through in the demo,
 * without a terminal. The console of the simulated platforms shows them, and the readmes list them.
 */

export interface ExampleText {
	/** In `examples/`. */
	readonly file: string;
	readonly title: InBoth<string>;
	/** One sentence. */
	readonly what: InBoth<string>;
	/**
	 * Steps in the demo of `npm start`, which has filled them in and published those that are called:
	 * in the editor of n8n, and on the pages of the console of the simulated platforms.
	 */
	readonly play: InBoth<readonly string[]>;
}

interface InBoth<Text> {
	readonly en: Text;
	readonly zh: Text;
}

const OPEN = { en: 'Open it in the editor.', zh: '在编辑器中打开它。' };
/** In the order in which they are listed. */
export const EXAMPLE_TEXTS: readonly ExampleText[] = [
	{
		file: 'daily-fleet-report.json',
		title: { en: 'Daily fleet report', zh: '每日物联网卡报告' },
		what: {
			en: 'Every morning a mail with the report of all cards, the page and a table for Excel attached',
			zh: '每天早上一封邮件：全部卡的报告，并附上网页和 Excel 可打开的表格',
		},
		play: {
			en: [
				OPEN.en,
				'Press Execute workflow.',
				'Open Report: its output has the figures, and the page and the table under Binary.',
				'Inbox of this console: the mail, with both files attached.',
			],
			zh: [
				OPEN.zh,
				'点 Execute workflow。',
				'打开 Report：输出中有各项数字，Binary 下有网页和表格。',
				'在本控制台的“收件箱”中：邮件已到，附有两个文件。',
			],
		},
	},
	{
		file: 'alert-to-chat.json',
		title: { en: 'Alert to chat', zh: '流量告警发到群聊' },
		what: {
			en: 'Cards that pass a data threshold become one message in a WeCom, DingTalk, Feishu or Slack group',
			zh: '卡片超过流量阈值时，向企业微信、钉钉、飞书或 Slack 群发送一条消息',
		},
		play: {
			en: [
				OPEN.en,
				'Press Push: Data threshold passed. Adjust, beside it, sends several cards at once.',
				'Inbox: one chat message, with a line a card.',
				'Press it again: a card is told of once in a billing cycle, so nothing more comes.',
			],
			zh: [
				OPEN.zh,
				'点“推送：流量告警”；旁边的“调整参数”可一次推送多张卡。',
				'在“收件箱”中：一条群聊消息，每张卡一行。',
				'再点一次：同一张卡每个计费周期只通知一次，所以不会再有消息。',
			],
		},
	},
	{
		file: 'top-up-on-alert.json',
		title: { en: 'Top up on alert', zh: '流量告警后充值' },
		what: {
			en: 'Asks a person by SMS whether to order data for cards that pass their threshold, up to a cap for each; tells who was left out and what failed',
			zh: '卡片超过阈值时用短信询问负责人是否充值，每张卡有次数上限；没有充值和充值失败的都会通知',
		},
		play: {
			en: [
				OPEN.en,
				'Press Push: Data threshold passed. Adjust, beside it, sends several cards at once.',
				'Phone, 13800138000: open the link of the SMS and approve, or press its code.',
				'Orders & balances: each card was ordered for once, and the balance has gone down.',
				'Set the balance to 0, send the alert again and approve: the phone is told what failed. Mend it and send it once more: now it is ordered.',
			],
			zh: [
				OPEN.zh,
				'点“推送：流量告警”；旁边的“调整参数”可一次推送多张卡。',
				'在“手机”的 13800138000 中打开短信里的链接并同意，或点短信中的代码。',
				'在“订单与余额”中：每张卡订购了一次，余额相应减少。',
				'把余额设为 0，再推送一次并同意：手机会收到失败原因。恢复余额后再推送一次：这次下单成功。',
			],
		},
	},
	{
		file: 'expiring-cards.json',
		title: { en: 'Expiring cards', zh: '即将到期的卡' },
		what: {
			en: 'Every Monday a mail with the cards that expire soon, the nearest first; none when none does',
			zh: '每周一一封邮件：即将到期的卡，最近的在前；没有就不发',
		},
		play: {
			en: [
				OPEN.en,
				'Press Execute workflow.',
				'Open Report: expiring lists the cards, the nearest first.',
				'In Settings, set days to 0, and execute again: fewer cards.',
			],
			zh: [
				OPEN.zh,
				'点 Execute workflow。',
				'打开 Report：expiring 列出到期的卡，最近的在前。',
				'在 Settings 中把 days 设为 0，再执行一次：卡会变少。',
			],
		},
	},
	{
		file: 'offline-watchdog.json',
		title: { en: 'Offline watchdog', zh: '离线看门狗' },
		what: {
			en: 'Every 15 minutes: diagnoses cards that went offline, and tells the person on duty by SMS, of each once',
			zh: '每 15 分钟：诊断离线的卡，并用短信通知值班人员，每张卡只通知一次',
		},
		play: {
			en: [
				`${OPEN.en} In Settings, write 1064835816288-1064835816292 as cards: the first five of the fleet.`,
				'Fleet: open one of these cards and take it offline.',
				'Press Execute workflow: the device is diagnosed.',
				'On the phone 13800138000: an SMS names the card. Execute again: of each card once a day.',
			],
			zh: [
				`${OPEN.zh}在 Settings 中把 cards 改为 1064835816288-1064835816292，即卡群的前五张。`,
				'在“卡群”中打开其中一张卡，让它离线。',
				'点 Execute workflow：会诊断该设备。',
				'在手机 13800138000 上：短信写明是哪张卡。再执行一次：每张卡每天只通知一次。',
			],
		},
	},
	{
		file: 'sms-campaign.json',
		title: { en: 'SMS campaign', zh: '短信群发' },
		what: {
			en: 'A form sends a text to pasted numbers or a CSV file, waits for the reports, and mails who got it and who did not',
			zh: '在表单中粘贴号码或上传 CSV 群发短信，等待状态报告，用邮件告知谁收到、谁没收到',
		},
		play: {
			en: [
				OPEN.en,
				'Open the form below, and sign in as demo with the password demo.',
				'Write a text, and the numbers 13800138001, 13800130000 and 123; submit.',
				'Phone: the first number has the SMS. Numbers that end in 0000 never get theirs.',
				'Inbox: a mail counts who got it. In the editor, Data tables, campaign_results: delivered, failed and invalid, each with the reason.',
			],
			zh: [
				OPEN.zh,
				'打开下面的表单，用户名 demo，密码 demo。',
				'填写内容和号码 13800138001、13800130000、123，提交。',
				'在“手机”中：第一个号码收到了短信。以 0000 结尾的号码永远收不到。',
				'“收件箱”中的邮件给出送达数。在编辑器的 Data tables 中打开 campaign_results：送达、失败、无效号码，各有原因。',
			],
		},
	},
	{
		file: 'two-way-sms.json',
		title: { en: 'Two-way SMS', zh: '双向短信' },
		what: {
			en: 'Answers SMS by their text: a card number gets the status of the card, STOP is honoured, anything else gets help',
			zh: '按短信内容自动回复：发卡号回复卡的状态，支持退订，其他内容回复使用方法',
		},
		play: {
			en: [
				OPEN.en,
				'On the phone 13800138000: write 余额 and a card number of the fleet. The answer comes in seconds.',
				'Write STOP, then ask again: no answer. Write START, and ask once more.',
			],
			zh: [
				OPEN.zh,
				'在“手机”的 13800138000 上发送“余额”和“卡群”中的一个卡号，几秒钟后收到回复。',
				'发送“退订”，再查询：没有回复。发送“恢复”，再查询一次。',
			],
		},
	},
	{
		file: 'verification-code.json',
		title: { en: 'Verification code', zh: '短信验证码' },
		what: {
			en: 'Sends a code by SMS, and answers your server whether it has arrived',
			zh: '发送短信验证码，并告知您的服务器是否送达',
		},
		play: {
			en: [
				OPEN.en,
				'Press Execute workflow: a code is sent to the phone in Try it.',
				'On the phone 13800138000: the SMS with the code.',
				'Open Outcome: what a server would be answered.',
			],
			zh: [
				OPEN.zh,
				'点 Execute workflow：向 Try it 中的手机发送一个验证码。',
				'在手机 13800138000 上查看短信和验证码。',
				'打开 Outcome：这就是服务器将得到的结果。',
			],
		},
	},
	{
		file: 'low-balance.json',
		title: { en: 'Low balance', zh: '余额不足提醒' },
		what: {
			en: 'A mail when SMS Platform or Traffic Recharge runs out of money, or cannot be asked',
			zh: '短信平台或流量充值平台余额不足、或无法查询时发一封邮件',
		},
		play: {
			en: [
				OPEN.en,
				'Press Execute workflow: both have enough, so no mail goes out.',
				'Orders & balances: set the balance of SMS Platform or Traffic Recharge to 50 (not the points).',
				'Execute again. Inbox: a mail names the platform and what is left.',
			],
			zh: [
				OPEN.zh,
				'点 Execute workflow：两边余额充足，不发邮件。',
				'在“订单与余额”中，把短信平台或流量充值的余额设为 50（不是点数）。',
				'再执行一次。“收件箱”中的邮件写明是哪个平台、还剩多少。',
			],
		},
	},
	{
		file: 'cell-to-map.json',
		title: { en: 'Cell to map', zh: '基站定位到地图' },
		what: {
			en: 'A link with the numbers of a cell is answered with its place, and links to it on OpenStreetMap and Amap',
			zh: '用基站参数查询，得到基站位置以及 OpenStreetMap 和高德地图的链接',
		},
		play: {
			en: [
				OPEN.en,
				'Press Locate a cell: the answer opens in the browser.',
				'Follow one of the links of the answer: the place is on a map.',
				'Change lac to 1: the answer says that there is no data for this cell.',
			],
			zh: [
				OPEN.zh,
				'点“查询一个基站”：结果在浏览器中打开。',
				'打开返回结果中的链接，即可在地图上看到位置。',
				'把 lac 改为 1：返回结果说明没有该基站的数据。',
			],
		},
	},
	{
		file: 'order-intake.json',
		title: { en: 'Order intake', zh: '充值订单受理' },
		what: {
			en: 'Takes orders of mobile data from your shop, answers at once, charges none twice, and follows each by the status push',
			zh: '受理商城的流量充值订单，立即应答，绝不重复扣费，并按状态推送更新订单',
		},
		play: {
			en: [
				OPEN.en,
				'Press Execute workflow, from By another workflow: its sample is ordered.',
				'Orders & balances: there it is. Execute once more: it is not charged again.',
				'A moment later its status is pushed by itself: Pushes has it.',
				'In the editor, Data tables, traffic_orders: its status has changed.',
			],
			zh: [
				OPEN.zh,
				'从 By another workflow 点 Execute workflow：按样例下单。',
				'在“订单与余额”中可以看到它。再执行一次：不会再次扣费。',
				'片刻后平台自动推送它的状态，可在“推送”中看到。',
				'在编辑器的 Data tables 中打开 traffic_orders：状态已更新。',
			],
		},
	},
	{
		file: 'sms-reconciliation.json',
		title: { en: 'SMS reconciliation', zh: '短信状态报告对账' },
		what: {
			en: 'Stores what is sent and the reports that are pushed, compares them every night, and mails what failed and what has no report',
			zh: '保存发出的短信和推送的状态报告，每晚对账，用邮件列出失败的和没有报告的',
		},
		play: {
			en: [
				OPEN.en,
				'Open the form below, sign in as demo with the password demo, and send a text to 13800138000 and 13800130000.',
				'In the editor, execute from Schedule Trigger (the arrow beside the button has it): Fetch gets the reports, and Checked shows what became of each.',
				'Inbox: a mail counts one delivered and one failed.',
			],
			zh: [
				OPEN.zh,
				'打开下面的表单，用户名 demo，密码 demo，向 13800138000 和 13800130000 发送短信。',
				'在编辑器中从 Schedule Trigger 执行（按钮旁的箭头中可选）：Fetch 取得状态报告，Checked 显示每条的结果。',
				'在“收件箱”的邮件中：一条送达，一条失败。',
			],
		},
	},
];
