/** The Chinese of docs/benchmarks.zh-CN.md. What is measured is named in English, figures included. */

/** Of a section, by its title: its title, and how it was measured. */
const SECTIONS: Readonly<Record<string, readonly [title: string, how: string]>> = {
	'Reads: the status of cards': [
		'读取：卡片状态',
		'真实 n8n 中的 `card.getStatus`，每个响应在请求 50 ms 后给出；注明抖动的行按抽签决定，各方抽签相同。测量的是 n8n 运行数据中该节点的时间。对照：由一个只签名和发送的节点直接调用 n8n 的请求函数（任何节点的极限）；以及用户手工搭建的工作流，即用 Code 节点签名、用 HTTP Request 节点发送，两个节点合计，批次设置取最好的一种。',
	],
	'Concurrency that finds its own height': [
		'自动调节的并发数',
		'`card.getStatus` 与 `simBatch.getMany`，不作设置，_Concurrency_ 为 0（自动），每个响应在请求 50 ms 后给出。对照：用户不写代码搭建的工作流，即 Edit Fields 节点加上用表达式签名的 HTTP Request 节点，两个节点合计；以及同一操作的各种固定设置，其中平台在同时打开的请求超过 20 个时，按超出部分的平方变慢。',
	],
	'Batch: many numbers in few requests': [
		'批量：用少量请求查询大量号码',
		'`simBatch.getMany`，每个 item 一个标识，每个响应在请求 50 ms 后给出，以节点自身时间内每秒的标识数计。对照：每个请求一个号码的 HTTP Request 节点（该平台不需要签名），批次设置取较好的一种。',
	],
	'Sends: one after the other': [
		'发送：逐条进行',
		'没有延迟的 `sms.send`。短信按 item 的顺序逐条发出，这是有意为之；因此重要的是节点为每条增加多少。对照：由 n8n 的请求函数逐条发出的相同请求。',
	],
	Pushes: [
		'推送',
		'生产状态的 M2M SMS Trigger，校验签名，直到最后一个执行结束。对照：同一 n8n 中 n8n 自己的 Webhook 节点，它不作任何校验。集中推送时同时有 16 个推送在途，每个一条记录。分别在 n8n 默认设置下，以及设置 n8n 2 的环境变量 `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true` 时测量。',
	],
	'The report of a fleet': [
		'卡群报告',
		'真实 n8n 中对 10,000 个 item 执行 `fleet.createReport`，含网页和表格：该节点的时间。',
	],
	'Codec: signing, encoding, reading': [
		'编解码：签名、编码、读取',
		'本软件包编译后的代码，在 n8n 的 Node.js 中、不经过 n8n 运行，对照 n8n 附带的公开库。本软件包把响应一直读成带类型的 item 并同时检查；这些库只给出原始值。',
	],
	'Weight: what n8n carries': [
		'重量：n8n 的负担',
		'每个软件包由 n8n 自己的 `PackageDirectoryLoader` 在 n8n 的 Node.js 的新进程中加载，此前先加载一次以填充磁盘缓存；内存为垃圾回收后保留的堆。社区包取含 Web 服务节点的软件包中下载量最大的几个。',
	],
	Memory: [
		'内存',
		'n8n 进程的最大常驻内存，每次运行都重新启动 n8n，从启动到执行结束。对照：相同的 item 经过一个 Set 节点，以及由 n8n 的请求函数发出的相同请求。',
	],
};

/** @throws Error that names a section without Chinese words */
export function sectionInChinese(title: string): readonly [title: string, how: string] {
	const words = SECTIONS[title];
	if (words === undefined) {
		throw new Error(`"${title}" has no Chinese words: write them in bench/chinese.ts.`);
	}
	return words;
}

/** Longer phrases first; figures and names stay. */
const PHRASES: ReadonlyArray<readonly [RegExp, string]> = [
	[/^A card of ([\d,]+), without latency$/, '$1 张中的一张，无延迟'],
	[/^a card of ([\d,]+): /, '$1 张中的一张：'],
	[/^A report of ([\d,]+) cards/, '$1 张卡的报告'],
	[/^A message of ([\d,]+)/, '$1 条中的一条短信'],
	[/([\d,]+) cards\b/, '$1 张卡'],
	[/([\d,]+) identifiers\b/, '$1 个标识'],
	[/, ([\d,]+) requests at a time/, '，同时 $1 个请求'],
	[/, ([\d,]+) at a time/, '，同时 $1 个'],
	[/, all at a time/, '，全部同时'],
	[/, as it comes/, '，不作设置'],
	[/ ?\(the default\)/, '（默认）'],
	[/, the platform chokes above ([\d,]+)(?: at a time)?/, '，平台在同时超过 $1 个时变慢'],
	[/^n8n's request helper alone, as many at a time: /, '仅 n8n 的请求函数，同样数量并发：'],
	[/^n8n's request helper alone: /, '仅 n8n 的请求函数：'],
	[/batches of (\d+) every (\d+) ms/, '每 $2 ms 一批 $1 个'],
	[/no batching/, '不分批'],
	[/one number each/, '每个一个号码'],
	[/^one at a time: /, '一次一个：'],
	[/^the best fixed setting，同时 (\S+) 个: /, '最好的固定设置，同时 $1 个：'],
	[/^the bare request: /, '单纯的请求：'],
	[/^Calls for /, '查询所需的调用：'],
	[/^(\d+) in a call, the most that the vendor takes$/, '每次 $1 个，平台允许的上限'],
	[/^exactly (\d+)$/, '正好 $1'],
	[/^Burst/, '集中推送'],
	[/^One push at a time/, '一次一个推送'],
	[/^One push of ([\d,]+) records/, '一个含 $1 条记录的推送'],
	[/, lazy sandboxes/, '，按需创建沙箱'],
	[/, repeats not dropped/, '，不丢弃重复'],
	[/, repeats dropped/, '，丢弃重复'],
	[
		/n8n's Webhook node, which leaves them in one item: /,
		'n8n 的 Webhook 节点（都放在一个 item 中）：',
	],
	[/n8n's Webhook node, ([\d,]+) pushes: /, 'n8n 的 Webhook 节点，$1 个推送：'],
	[/n8n's Webhook node: /, 'n8n 的 Webhook 节点：'],
	[
		/^Memory that n8n holds on to after ([\d,]+) pushes more$/,
		'再经过 $1 个推送后 n8n 仍占用的内存',
	],
	[/ in ([\d,]+) pushes, /, '（$1 个推送），'],
	[/^flat: at most ([\d.]+) MB more$/, '持平：最多增加 $1 MB'],
	[/^flat: at most ([\d.]+)$/, '持平：最多 $1'],
	[/^Loading all of its (\d+) nodes and credentials$/, '加载其全部 $1 个节点和凭证'],
	[/^n8n's Twilio nodes/, 'n8n 的 Twilio 节点'],
	[/^Packed size$/, '打包后的大小'],
	[/^Dependencies that are installed with it$/, '随之安装的依赖'],
	[/ items through `/, ' 个 item 经过 `'],
	[/, heap of at most ([\d,]+) MB/, '，堆最多 $1 MB'],
	[/, n8n as it comes/, '，n8n 默认设置'],
	[/^through a Set node: /, '经过 Set 节点：'],
	[/^Signatures of M2M$/, 'M2M 的签名'],
	[/^Hex of a message$/, '短信的十六进制'],
	[/^(XML|JSON) of ([\d,]+) delivery reports$/, '$2 份状态报告的 $1'],
	[/signatures\/s/g, '个签名/秒'],
	[/messages\/s/g, '条短信/秒'],
	[/reports\/s/g, '份报告/秒'],
	[/pushes\/s/g, '个推送/秒'],
	[/^as long as a person waits$/, '人愿意等待的时间'],
	[/^Its page$/, '其网页'],
	[/^a mail that Gmail does not cut: /, 'Gmail 不截断的邮件：'],
	[/^([\d.]+) of its time, ([\d.]+) of its memory$/, '其时间的 $1，其内存的 $2'],
	[/^([\d.]+) of its speed$/, '其速度的 $1'],
	[/^([\d.]+) of its cost$/, '其开销的 $1'],
	[/^([\d.]+) of the speed of (.+)$/, '$2 速度的 $1'],
	[/^([\d.]+) times as fast$/, '$1 倍速度'],
	[/^at least ([\d.]+) times$/, '至少 $1 倍'],
	[/^at least ([\d.]+)$/, '至少 $1'],
	[/^at most ([\d.]+ \w+) more$/, '最多增加 $1'],
	[/^at most ([\d.]+ \w+)$/, '最多 $1'],
	[/^less than ([\d.]+ \w+)$/, '小于 $1'],
	[/^under ([\d.]+ \w+) more$/, '增加少于 $1'],
	[/^under ([\d.]+ \w+)$/, '小于 $1'],
	[/^no slower$/, '不慢'],
	[/^none$/, '无'],
	[/\bno more$/, '没有增加'],
	[/^([\d.,]+ \w+) more$/, '增加 $1'],
	[/ with SQLite on Node\.js /, '，SQLite，Node.js '],
	[/, (\d+) cores \(/, '，$1 核（'],
	[/\), (\d+) GB/, '），$1 GB'],
];

/** Names that are the same in Chinese. */
export const KEPT_WORDS =
	/`[^`]*`|n8n(?:-nodes-[\w-]+)?|@?[\w-]+\/[\w-]+|Webhook|HTTP Request|Code|Edit Fields|Set|Twilio|Gmail|Node\.js|JSON\.parse|JSON|XML|M2M|SQLite|AMD|EPYC|item|md5|crypto-js|iconv-lite|xml2js|\b(?:ms|s|MB|kB|GB)\b/g;

/** A cell of a table, or where it was measured, with its phrases in Chinese. */
export const inChinese = (text: string): string =>
	PHRASES.reduce((rest, [english, chinese]) => rest.replace(english, chinese), text)
		.replace(/, (?=\p{Script=Han})/gu, '，')
		.replace(/: (?=\d)/g, '：');
