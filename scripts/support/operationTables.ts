/** The tables of operations in the readmes, drawn from the code. */
import type { ActionTable } from '../../nodes/shared/action/actionProperties';
import type { Effect } from '../../nodes/shared/contracts/operation';
import { Explained } from '../../test/harness/failure';
import type { Examples } from '../../test/examples/example';

export type Language = 'en' | 'zh';

export const READMES: Readonly<Record<Language, string>> = {
	en: 'README.md',
	zh: 'README.zh-CN.md',
};

const HEADINGS: Record<Language, string> = {
	en: '| Resource | Operation | What it does | Document | How it runs |',
	zh: '| 资源（Resource） | 操作（Operation） | 说明 | 文档章节 | 执行方式 |',
};

const EFFECTS: Record<Language, Record<Effect, string>> = {
	en: {
		local: 'offline',
		read: 'side by side',
		consume: 'one by one, never repeated: each row is handed out once',
		send: 'one by one, never repeated',
		spend: 'one by one, never repeated: costs money',
	},
	zh: {
		local: '离线',
		read: '并发',
		consume: '逐条，绝不重发：每条数据只返回一次',
		send: '逐条，绝不重发',
		spend: '逐条，绝不重发：会产生费用',
	},
};

/**
 * A Markdown table of what a node can do, by resource and operation in the order of its panel.
 *
 * @param examples of the node: they have the Chinese
 * @throws Explained for an operation that has no words in the language
 */
export function operationTable(
	{ resources, operations }: ActionTable,
	examples: Examples,
	language: Language,
): string {
	const inChinese = (name: `${string}.${string}`): string => {
		const words = examples[name]?.chinese;
		if (!words) throw new Explained(`${name} has no example that tells of it in Chinese.`);
		return words;
	};
	const rows = operations.map(({ resource, operation, name, description, source, effect }) => [
		resources[resource] ?? resource,
		name,
		language === 'en' ? description : inChinese(`${resource}.${operation}`),
		source,
		EFFECTS[language][effect],
	]);
	return [
		HEADINGS[language],
		'| --- | --- | --- | --- | --- |',
		...rows.map((row) => `| ${row.join(' | ')} |`),
	].join('\n');
}

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws Error when the text has no such place
 */
export function replaceBetweenMarkers(text: string, name: string, content: string): string {
	const start = `<!-- ${name} -->`;
	const end = `<!-- /${name} -->`;
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from < 0 || to < from) throw new Error(`There is no ${start} … ${end} to fill`);
	return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
