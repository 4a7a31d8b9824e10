/** What docs/faults.md tells, in both languages. */
import { type Language, table } from '../../scripts/support/markdown';

/** What became of a fault. */
export interface SeenFault {
	readonly fault: string;
	/** Of the errors, each once. */
	readonly codes: readonly string[];
	/** Whether a request went out. */
	readonly isAsked: boolean;
	/** Whether an order or a message may have been acted on. */
	readonly isOpen: boolean;
}

export const FAULT_PAGES: Readonly<Record<Language, string>> = {
	en: 'docs/faults.md',
	zh: 'docs/faults.zh-CN.md',
};

/** Statuses of HTTP are called the same in both. */
const CHINESE: Readonly<Record<string, string>> = {
	'nobody listens': '没有程序监听',
	'the host is not known': '主机名未知',
	'Base URL is no address': 'Base URL 不是地址',
	'reset before the reply': '响应之前连接被重置',
	'reset in the reply': '响应途中连接被重置',
	'closed without a reply': '没有响应就关闭',
	'no reply in time': '未及时响应',
	'a byte at a time, too slow': '逐字节发送，过慢',
	'no HTTP': '不是 HTTP',
	'HTTP 200 without a body': 'HTTP 200 而没有内容',
	'HTTP 200 with a page': 'HTTP 200 而内容是网页',
	'bytes of no format': '不成格式的字节',
	'a reply that is cut off': '响应被截断',
	'a reply nested 100,000 deep': '嵌套 100,000 层的响应',
	'a reply larger than 32 MB': '超过 32 MB 的响应',
	'a refusal of the platform': '平台拒绝',
	'a refusal under a wrong content type': '平台拒绝，而 Content-Type 有误',
};

function inChinese(fault: string): string {
	const words = /^HTTP \d+ [A-Z]/.test(fault) ? fault : CHINESE[fault];
	if (words === undefined) {
		throw new Error(`"${fault}" has no Chinese words: write them in test/support/faultsPage.ts.`);
	}
	return words;
}

const codesOf = ({ codes }: SeenFault): string =>
	[...codes]
		.sort()
		.map((code) => `\`${code}\``)
		.join(', ');

const PAGES: Readonly<
	Record<Language, (operations: number, faults: readonly SeenFault[]) => string>
> = {
	en: (operations, faults) => `# Faults

[中文](faults.zh-CN.md)

Every operation that asks a platform (${operations} of them) meets every fault, in n8n's engine. Each time it is an error of bounded length, without secrets, and its request is sent once: nothing is repeated by itself. (Only look-ups that fail beside others, with automatic concurrency, are made again: see [how calls are made](how-calls-are-made.md).) Operations that are made of several look-ups may have sent those side by side.

Written by \`test/engine/faultMatrix.test.ts\`; run it with \`N8N_M2M_FAULTS=write\` in the environment to write it anew.

${table(
	[
		'Fault',
		'Code of the error',
		'Requests',
		'What became of a message, an order or rows that come once',
	],
	faults.map((seen) => [
		seen.fault,
		codesOf(seen),
		seen.isAsked ? 'one' : 'none',
		seen.isOpen ? 'unknown' : 'nothing was done',
	]),
)}

Unknown: the platform may have acted on it. The error says so, and a retry of the execution does not order or send it again.
`,
	zh: (operations, faults) => `# 故障表

[English](faults.md)

每个向平台发出请求的操作（共 ${operations} 个）在 n8n 的引擎中逐一遇到每种故障。每次都得到长度有限、不含机密的错误，并且请求只发送一次：绝不自动重复。（只有并发数为自动时，与其他请求同时发出而失败的查询会再次发出：见[调用方式](how-calls-are-made.zh-CN.md)。）由多个查询组成的操作可能已并发发出这些查询。

由 \`test/engine/faultMatrix.test.ts\` 写出；在环境变量中设置 \`N8N_M2M_FAULTS=write\` 运行它即可重新写出。

${table(
	['故障', '错误代码', '请求', '短信、订单或只发放一次的数据的结果'],
	faults.map((seen) => [
		inChinese(seen.fault),
		codesOf(seen),
		seen.isAsked ? '一个' : '无',
		seen.isOpen ? '未知' : '未执行',
	]),
)}

未知：平台可能已执行。错误会说明这一点，重试该执行不会再次下单或发送。
`,
};

/** The whole page. */
export const faultsPage = (
	language: Language,
	operations: number,
	faults: readonly SeenFault[],
): string => PAGES[language](operations, faults);
