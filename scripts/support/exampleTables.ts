/** The examples in the docs: a table for the readmes, and a section each with its steps. */
import { EXAMPLE_TEXTS } from './exampleTexts';
import { type Language, table } from './markdown';
import { asSentence } from './parameterTables';

const HEADINGS: Record<Language, readonly string[]> = {
	en: ['File', 'What it does'],
	zh: ['文件', '作用'],
};

/** Needs a model, so it is not one of those that can be played without an account; docs/agents.md tells of it. */
const AGENT_EXAMPLE: Pick<(typeof EXAMPLE_TEXTS)[number], 'file' | 'what'> = {
	file: 'fleet-assistant.json',
	what: {
		en: 'A chat with an AI agent that looks at cards, and orders data when a person approves it',
		zh: '与 AI agent 聊天：查询卡片；订购流量须由人批准',
	},
};

/** A table of all examples, a line each. */
export const exampleList = (language: Language): string =>
	table(
		HEADINGS[language],
		[...EXAMPLE_TEXTS, AGENT_EXAMPLE].map(({ file, what }) => [`\`${file}\``, what[language]]),
	);

/** What each example does, and how it is played, step by step. */
export const exampleSteps = (language: Language): string =>
	EXAMPLE_TEXTS.map(({ file, title, what, play }) =>
		[
			`## ${title[language]}`,
			`[\`${file}\`](../examples/${file})${language === 'en' ? ': ' : '：'}${asSentence(what[language], language)}`,
			play[language].map((step, at) => `${at + 1}. ${step}`).join('\n'),
		].join('\n\n'),
	).join('\n\n');
