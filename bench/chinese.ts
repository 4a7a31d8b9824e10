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

/**
 * What else the reader should know, as the parts say it: `{}` is a figure or a list of them, in
 * Chinese with its number.
 */
const NOTES: ReadonlyArray<readonly [english: string, chinese: string]> = [
	[
		"The workflow by hand is fastest with (nearly) all of its requests on their way at once. With 50 at a time, n8n's request helper alone reaches {} of its speed: {} requests in rows of 50 wait {} for the vendor, before anything else. With _Concurrency_ {} this node has as many on their way as the workflow by hand.",
		'手工搭建的工作流在（几乎）同时发出全部请求时最快。同时 50 个时，仅 n8n 的请求函数就只能达到其速度的 {1}：{2} 个请求每 50 个一排，仅等待平台就要 {3}，还不算其他开销。_Concurrency_ 设为 {4} 时，本节点同时发出的请求与手工搭建的工作流一样多。',
	],
	[
		"By hand, by batching: {}. Its replies still are the vendor's raw rows.",
		'手工搭建时各种批次设置的用时：{1}。其响应仍是平台的原始行。',
	],
	[
		"n8n's request helper alone costs {} a card of {} and {} a card of {}, {} of it. The simulated vendor alone answers {} requests a second.",
		'仅 n8n 的请求函数，{2} 张卡时每张开销 {1}，{4} 张卡时每张 {3}，为前者的 {5}。模拟平台自身每秒能应答 {6} 个请求。',
	],
	[
		"n8n 2.41 makes a fresh sandbox for expressions at each request to a trigger, and exempts only its own Webhook node from that. So with one push at a time, a trigger that does nothing but hand the body on reaches {} of the Webhook node's speed, and no trigger of a package can do better; this one reaches {} of that trigger's speed. In a burst, pushes that come in while another is being stored share an execution, which makes up for it.",
		'n8n 2.41 对触发器的每个请求都新建一个用于表达式的沙箱，只有它自己的 Webhook 节点例外。因此一次一个推送时，一个只把请求体交出去、别的什么都不做的触发器只能达到 Webhook 节点速度的 {1}，任何软件包的触发器都无法更快；本触发器达到该触发器速度的 {2}。集中推送时，在前一个推送保存期间到达的推送共用一次执行，弥补了这一点。',
	],
	[
		'With `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true` n8n makes sandboxes only when there is something to evaluate: then a burst goes {} times as fast, and with the Webhook node {} times. It is worth setting on an n8n that receives many pushes.',
		'设置 `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true` 后，n8n 只在有表达式需要求值时才创建沙箱：集中推送的速度变为 {1} 倍，用 Webhook 节点时为 {2} 倍。接收大量推送的 n8n 值得这样设置。',
	],
	[
		'For a webhook of version 1, n8n evaluates one expression more at each request, in its sandbox. As it comes, n8n makes a sandbox for the request anyway; with lazy sandboxes, this expression alone makes it make one. A push to a trigger that does nothing takes {} at version 1 ({} with lazy sandboxes). What the M2M SMS Trigger does itself, repeats dropped, takes {} than a trigger that does nothing ({} with lazy sandboxes).',
		'对版本 1 的 webhook，n8n 在每个请求时都要在沙箱中多求值一个表达式。在默认设置下，n8n 反正会为该请求创建沙箱；按需创建沙箱时，仅这个表达式就会使它创建一个。推送到一个什么都不做的触发器，版本 1 的用时{1}（按需创建沙箱时{2}）。M2M SMS Trigger 自身所做的事（丢弃重复），与什么都不做的触发器相比，用时{3}（按需创建沙箱时{4}）。',
	],
	['Files loaded: {}.', '加载的文件：{1}。'],
	[
		"As n8n comes, Node.js lets garbage pile up to a heap of a quarter of the machine's memory, up to 4 GB, before it collects all of it. So the peak says how much memory the machine has: any node that makes {} requests gets there. With a heap of at most {} MB (`NODE_OPTIONS=--max-old-space-size={}`, as on a machine with 4 GB) the same run shows what is needed.",
		'在 n8n 默认设置下，Node.js 会让垃圾堆积到堆为机器内存的四分之一（最多 4 GB）才全部回收。因此峰值反映的是机器有多少内存：任何发出 {1} 个请求的节点都会达到它。堆最多 {2} MB（`NODE_OPTIONS=--max-old-space-size={3}`，如同 4 GB 内存的机器）时，同样的运行才显示实际需要多少。',
	],
];

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
	[/^This package /, '本软件包 '],
	[/^n8n's Twilio nodes/, 'n8n 的 Twilio 节点'],
	[/ ([\d,]+) \(([\d,]+ kB)\)$/, '：$1 个（$2）'],
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
	/`[^`]*`|n8n(?:-nodes-[\w-]+)?|@?[\w-]+\/[\w-]+|Webhook|HTTP Request|Code|Edit Fields|Set|Twilio|Gmail|Node\.js|_Concurrency_|JSON\.parse|JSON|XML|M2M|SQLite|AMD|EPYC|item|md5|crypto-js|iconv-lite|xml2js|\b(?:ms|s|MB|kB|GB)\b/g;

/** A cell of a table, or where it was measured, with its phrases in Chinese. */
export const inChinese = (text: string): string =>
	PHRASES.reduce((rest, [english, chinese]) => rest.replace(english, chinese), text)
		.replace(/, /g, '，')
		.replace(/: (?=\d)/g, '：');

const listInChinese = (list: string): string => list.split(', ').map(inChinese).join('，');

/** @throws Error that names a note without Chinese words */
export function noteInChinese(note: string): string {
	for (const [english, chinese] of NOTES) {
		const pieces = english.split('{}').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
		const found = new RegExp(`^${pieces.join('(.+?)')}$`).exec(note);
		if (found) {
			return chinese.replace(/\{(\d)\}/g, (_, at: string) =>
				listInChinese(found[Number(at)] ?? ''),
			);
		}
	}
	throw new Error(`"${note}" has no Chinese words: write them in bench/chinese.ts.`);
}
