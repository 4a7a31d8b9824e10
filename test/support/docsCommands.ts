/** What the docs tell people to type into a terminal, and how each such command is tested. */
import { type ParseEntry, parse } from 'shell-quote';
import { markdownFiles, readMarkdown } from './markdownFiles';

/** Told in full once; what is told of the past stays as it was. */
const HISTORY = 'CHANGELOG.md';
const SHELLS = new Set(['bash', 'sh', 'shell', 'console']);
/** Between backticks in a sentence there are many things that are no commands. */
const COMMAND_IN_TEXT = /^(?:npm (?:start|test|run)|curl|docker|git clone|mkdir) ?/;

/** How commands are tested, by what they look like; the first that fits counts. */
const KINDS = {
	/** Compared with the repository of package.json. */
	clone: /^git clone \S+$/,
	/** The folder that a clone makes, or a container to type the next commands into. */
	enter: /^(?:cd n8n-nodes-m2m-iot|docker exec -it <[^>]+> sh)$/,
	/** Run against a local receiver, or until the simulator answers. */
	simulator: /^npm run simulator\b/,
	/** Run against the simulators. */
	curl: /^curl .*\/_simulator\//,
	/** Run in test/e2e, with the packed package. */
	install: /^(?:docker exec \S+ sh -c '|mkdir -p )[^']*\bnpm install\b[^']*'?$/,
	/** Run in test/e2e/suites/vendorPackages.ts, as docs/packages.md is drawn from what it runs. */
	move: /^(?:sed|node -e|n8n (?:export|import):workflow) /,
	/** Not run: a setting of n8n that the tests of the packages make, too. */
	setting: /^(?:docker run -e )?N8N_\w+=\w+(?: …)?$/,
	/** There is such a script, and it knows the flags; the tests of each are its own. */
	script: /^npm (?:start|test|run [\w:-]+)(?: -- .+)?$/,
} as const;

export type CommandKind = keyof typeof KINDS;

export interface DocumentedCommand {
	readonly file: string;
	/** What stands in one line of a terminal, without a comment. */
	readonly text: string;
}

/** How a command is tested; `undefined` when no test would notice that it does not work. */
export const kindOf = (text: string): CommandKind | undefined =>
	(Object.keys(KINDS) as CommandKind[]).find((kind) => KINDS[kind].test(text));

/** Whether a line ends within a text in quotes, so that the next one is part of it. */
const isOpen = (text: string): boolean => (text.match(/'/g) ?? []).length % 2 === 1;

const withoutComment = (line: string): string => line.replace(/\s+#\s.*$|^#.*$/, '').trim();

/** The commands of a script; a line that only prepares the next one is one with it. */
export function commandsIn(script: string): string[] {
	const commands: string[] = [];
	let open = '';
	for (const line of script.replace(/\\\n\s*/g, '').split('\n')) {
		const command = open === '' ? withoutComment(line) : `${open}\n${line}`;
		open = isOpen(command) || /^mkdir -p .*&& cd \S+$/.test(command) ? command : '';
		if (open === '' && command !== '')
			commands.push(command.replace(/ && cd (\S+)\n/, ' && cd $1 && '));
	}
	return open === '' ? commands : [...commands, open];
}

/** Every command in what people read, in the order of files. */
export function documentedCommands(): DocumentedCommand[] {
	return markdownFiles()
		.filter((file) => file !== HISTORY)
		.flatMap((file) => {
			const { codeBlocks, codeSpans } = readMarkdown(file);
			const scripts = [
				...codeBlocks.filter(({ language }) => SHELLS.has(language)).map(({ text }) => text),
				...codeSpans.filter((text) => COMMAND_IN_TEXT.test(text)),
			];
			return scripts.flatMap(commandsIn).map((text) => ({ file, text }));
		});
}

/** The commands of a kind, each once, with what stands for something in `<…>` filled in. */
export const commandsOf = (
	kind: CommandKind,
	fillIn: Readonly<Record<string, string>> = {},
): string[] => [
	...new Set(
		documentedCommands()
			.map(({ text }) => text)
			.filter((text) => kindOf(text) === kind)
			.map((text) => filledIn(text, fillIn)),
	),
];

/** A command with what stands for something in `<…>` filled in. What is not known is a mistake. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/<([^<>]+)>/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined) throw new Error(`Nothing is known to fill in for <${name}>`);
		return value;
	});
}

/** The words of a command as a shell hands them on. */
export const wordsOf = (text: string): string[] =>
	parse(text).map((entry: ParseEntry) => {
		if (typeof entry === 'string') return entry;
		if ('op' in entry && entry.op === 'glob') return entry.pattern;
		throw new Error(`Not a plain command: ${text}`);
	});
