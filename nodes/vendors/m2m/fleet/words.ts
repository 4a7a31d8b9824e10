/** Everything that the report says, in both languages. */
import type { Language } from '../../../shared/contracts/question';

const count = (number: number, one: string, many: string): string =>
	`${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;

const cardsOf = (number: number): string => count(number, 'card', 'cards');

/** Of how many cards how much is known. */
interface CardCounts {
	readonly found: number;
	readonly notFound: number;
	readonly unread: number;
	readonly partial: number;
}

const EN = {
	htmlLanguage: 'en',
	title: 'Fleet report',
	created: (time: string) => `${time} (China, UTC+8)`,
	cards: cardsOf,
	isOnline: (cards: number) => `${cards.toLocaleString('en-US')} online`,
	isOffline: (cards: number) => `${cards.toLocaleString('en-US')} offline`,
	online: 'Online',
	offline: 'Offline',
	noCards: 'There are no cards in this report: no item reached the node.',
	leftOut: ({ found, notFound, unread, partial }: CardCounts) =>
		[
			...(notFound > 0
				? [`${cardsOf(notFound)} ${notFound === 1 ? 'was' : 'were'} not found`]
				: []),
			...(unread > 0 ? [`${cardsOf(unread)} could not be read`] : []),
			...(partial > 0 ? [`${cardsOf(partial)} could be read only in part`] : []),
		].join(', ') +
		`. All sums and lists are of the other ${found.toLocaleString('en-US')}${partial > 0 ? ', and of what is known of those' : ''}.`,
	unreadable: (rows: number) =>
		`${count(rows, 'item tells', 'items tell')} nothing that a report could use. Connect a node that gives the fields of a card.`,
	usage: 'Data used this month',
	usedOf: (plan: string) => `of ${plan} in all plans`,
	left: (amount: string) => `${amount} left`,
	unplanned: (cards: number) => `${cardsOf(cards)} without a plan`,
	unknownUsage: (cards: number) => `${cardsOf(cards)} whose use is not known`,
	monthPassed: (percent: string, day: number, days: number) =>
		`${percent} of the month has passed: day ${day} of ${days}`,
	remaining: 'Data left this month',
	remainingOf: (cards: number) => `on ${cardsOf(cards)}`,
	low: 'Low on data',
	lowNote: (percent: number) => `Less than ${percent}% of the plan left, lowest first`,
	noLow: 'No card is low on data.',
	partOf: (percent: string, plan: string) => `${percent} of ${plan}`,
	expiring: 'Expiring',
	expiringNote: (days: number) => `${count(days, 'day', 'days')} left or fewer, soonest first`,
	noExpiring: 'No card expires soon.',
	daysLeft: (days: number) =>
		days < 0
			? `${count(-days, 'day', 'days')} ago`
			: days === 0
				? 'today'
				: `in ${count(days, 'day', 'days')}`,
	overPlan: 'Over the plan by month end',
	overPlanNote:
		'Forecast: what the whole month comes to at this pace, in percent of the plan, highest first',
	noOverPlan: 'At this pace no card uses more than its plan this month.',
	ofPlan: (percent: string) => `${percent} of the plan`,
	usedSoFar: (used: string, plan: string) => `${used} of ${plan} so far`,
	topUsers: 'Top users',
	topUsersNote: 'Most data used this month',
	noTopUsers: 'No card has used data this month.',
	status: 'Status',
	further: (statuses: number) => count(statuses, 'other status', 'other statuses'),
	more: (rows: number) => `and ${rows.toLocaleString('en-US')} more: see the table (CSV)`,
	noNumber: 'no number',
	how: 'How this is worked out',
	unknown: (figures: readonly string[]) =>
		`Left out, as no item tells it: ${figures.join(', ').toLowerCase()}.`,
	forecastRule: (day: number, days: number) =>
		`Forecast: a straight line. Used so far, divided by ${day} (the day of the month), times ${days} (its days), as a part of the plan. Months are China's. Cards without a plan and cancelled ones have no forecast.`,
	lowRule: (percent: number) =>
		`Low: less than ${percent}% of the plan left. Where the platform does not tell what is left, it is the plan less what is used.`,
	expiringRule: (days: number) =>
		`Expiring: ${count(days, 'day', 'days')} or fewer to the end date; dates that have passed are included, cancelled cards are not.`,
	unitRule: '1 MB is 1,024 KB. Sums are of whole KB and rounded only for display.',
	yes: 'yes',
	no: 'no',
	outcomes: { found: 'found', notFound: 'not found', failed: 'failed' },
	statuses: {
		active: 'Active',
		normal: 'Normal',
		oneWaySuspended: 'Suspended one way',
		suspended: 'Suspended',
		preCancelled: 'About to be cancelled',
		cancelled: 'Cancelled',
		transferred: 'Transferred',
		dormant: 'Dormant',
		pendingActivation: 'Not activated yet',
		replacementNextMonth: 'Replaced from next month',
		replacementCancelled: 'Cancelled, replaced',
		notFound: 'Number does not exist',
		unknown: 'Unknown',
	},
	columns: {
		cardNumber: 'Card number',
		iccid: 'ICCID',
		imei: 'IMEI',
		found: 'Found',
		status: 'Status',
		online: 'Online',
		plan: 'Plan',
		usedMb: 'Used (MB)',
		planMb: 'Plan (MB)',
		leftMb: 'Left (MB)',
		usedPercent: 'Used (%)',
		forecastPercent: 'Forecast for the month (%)',
		expiryDate: 'Expires',
		daysLeft: 'Days left',
		isLow: 'Low',
		isExpiring: 'Expiring',
		usedKb: 'Used (KB)',
		planKb: 'Plan (KB)',
		leftKb: 'Left (KB)',
		problem: 'Error',
	},
};

type Words = typeof EN;

export type Column = keyof Words['columns'];

const ZH: Words = {
	htmlLanguage: 'zh-CN',
	title: '物联网卡报告',
	created: (time) => `${time}（北京时间）`,
	cards: (cards) => `共 ${cards.toLocaleString('en-US')} 张卡`,
	isOnline: (cards) => `在线 ${cards.toLocaleString('en-US')}`,
	isOffline: (cards) => `离线 ${cards.toLocaleString('en-US')}`,
	online: '在线',
	offline: '离线',
	noCards: '报告中没有卡片：没有数据到达该节点。',
	leftOut: ({ found, notFound, unread, partial }) =>
		[
			...(notFound > 0 ? [`${notFound.toLocaleString('en-US')} 张卡未找到`] : []),
			...(unread > 0 ? [`${unread.toLocaleString('en-US')} 张卡查询失败`] : []),
			...(partial > 0 ? [`${partial.toLocaleString('en-US')} 张卡仅部分查询成功`] : []),
		].join('，') +
		`。各项合计与列表仅包含其余 ${found.toLocaleString('en-US')} 张卡${partial > 0 ? '，以及部分查询成功的卡的已知数据' : ''}。`,
	unreadable: (rows) =>
		`${rows.toLocaleString('en-US')} 条数据不含报告可用的内容。请连接输出卡片字段的节点。`,
	usage: '本月已用流量',
	usedOf: (plan) => `套餐合计 ${plan}`,
	left: (amount) => `剩余 ${amount}`,
	unplanned: (cards) => `${cards.toLocaleString('en-US')} 张卡无套餐`,
	unknownUsage: (cards) => `${cards.toLocaleString('en-US')} 张卡用量未知`,
	monthPassed: (percent, day, days) => `本月已过 ${percent}：第 ${day} 天，共 ${days} 天`,
	remaining: '本月剩余流量',
	remainingOf: (cards) => `${cards.toLocaleString('en-US')} 张卡合计`,
	low: '流量不足',
	lowNote: (percent) => `剩余流量低于套餐的 ${percent}%，从低到高`,
	noLow: '没有流量不足的卡。',
	partOf: (percent, plan) => `${plan} 的 ${percent}`,
	expiring: '即将到期',
	expiringNote: (days) => `剩余 ${days} 天及以内，从近到远`,
	noExpiring: '近期没有到期的卡。',
	daysLeft: (days) =>
		days < 0 ? `已过期 ${-days} 天` : days === 0 ? '今天到期' : `还有 ${days} 天`,
	overPlan: '预计月底超套餐',
	overPlanNote: '预测：按目前速度推算的全月用量占套餐的百分比，从高到低',
	noOverPlan: '按目前速度，本月没有卡会超出套餐。',
	ofPlan: (percent) => `套餐的 ${percent}`,
	usedSoFar: (used, plan) => `已用 ${used} / ${plan}`,
	topUsers: '用量排行',
	topUsersNote: '本月用量最多的卡',
	noTopUsers: '本月没有卡使用流量。',
	status: '卡状态',
	further: (statuses) => `其他 ${statuses} 种状态`,
	more: (rows) => `另有 ${rows.toLocaleString('en-US')} 张，详见表格（CSV）`,
	noNumber: '无号码',
	how: '计算说明',
	unknown: (figures) => `数据中没有相关内容，因此未列出：${figures.join('、')}。`,
	forecastRule: (day, days) =>
		`预测：线性推算，即已用流量 ÷ ${day}（本月第几天）× ${days}（本月天数），再与套餐相比。月份按北京时间计算。无套餐及已销号的卡不作预测。`,
	lowRule: (percent) =>
		`流量不足：剩余流量低于套餐的 ${percent}%。平台未提供剩余流量时，按套餐减去已用流量计算。`,
	expiringRule: (days) =>
		`即将到期：距到期日 ${days} 天及以内，已过期的也包含在内，已销号的卡除外。`,
	unitRule: '1 MB = 1,024 KB。合计按整数 KB 计算，仅在显示时取整。',
	yes: '是',
	no: '否',
	outcomes: { found: '已找到', notFound: '未找到', failed: '查询失败' },
	statuses: {
		active: '正常',
		normal: '正常',
		oneWaySuspended: '单向停机',
		suspended: '停机',
		preCancelled: '预销号',
		cancelled: '销号',
		transferred: '过户',
		dormant: '休眠',
		pendingActivation: '待激活',
		replacementNextMonth: '补卡次月生效',
		replacementCancelled: '补损销号',
		notFound: '号码不存在',
		unknown: '未知',
	},
	columns: {
		cardNumber: '卡号',
		iccid: 'ICCID',
		imei: 'IMEI',
		found: '查询结果',
		status: '卡状态',
		online: '在线',
		plan: '套餐',
		usedMb: '已用流量 (MB)',
		planMb: '套餐流量 (MB)',
		leftMb: '剩余流量 (MB)',
		usedPercent: '已用 (%)',
		forecastPercent: '全月预测 (%)',
		expiryDate: '到期日',
		daysLeft: '剩余天数',
		isLow: '流量不足',
		isExpiring: '即将到期',
		usedKb: '已用流量 (KB)',
		planKb: '套餐流量 (KB)',
		leftKb: '剩余流量 (KB)',
		problem: '错误',
	},
};

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };
