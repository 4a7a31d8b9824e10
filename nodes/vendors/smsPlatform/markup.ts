/**
 * Reads the platform's XML (SMS §1.3 to §5.3), which a program glues together without escaping what
 * people wrote. So only the documented names of a level are tags there; what stands inside a field is
 * its text, to the field's own closing tag. One pass, in which no character is looked at more than a
 * few times.
 */
import type { IDataObject } from 'n8n-workflow';

import { endOfProlog, unescapeXml } from '../../shared/wire/xml';

const ROOT = 'returnsms';
const ROW_FIELDS = [
	'mobile',
	'taskid',
	'status',
	'receivetime',
	'errorcode',
	'extno',
	'content',
] as const;

/** What a root, a row and an error hold, in lower case. */
const FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
	[ROOT]: [
		'returnstatus',
		'message',
		'balance',
		'taskid',
		'billingamount',
		'successcounts',
		'payinfo',
		'remainpoint',
		'error',
		'remark',
	],
	statusbox: ROW_FIELDS,
	callbox: ROW_FIELDS,
	errorstatus: ['error', 'remark', 'message'],
};

const BOXES = Object.keys(FIELDS_OF).filter((name) => name !== ROOT);

/** Where people and programs write what they like. */
const FREE_TEXTS = ['content', 'message', 'remark'];

/** In lower case. */
export const DOCUMENTED_NAMES: ReadonlySet<string> = new Set([
	...Object.keys(FIELDS_OF),
	...Object.values(FIELDS_OF).flat(),
]);

const NAMES = [...DOCUMENTED_NAMES].join('|');

const SECTION_START = '<![CDATA[';
const SECTION_END = ']]>';

/** Neither part of it can match in two ways, nor run past the next `<`. */
const TAG = new RegExp(
	`<!\\[CDATA\\[|<!--|<(/\\s*)?(?:[^\\s<>/:]+:)?(${NAMES})(?=[\\s/>])([^<>]*)>`,
	'gi',
);
const CLOSING_TAG = new RegExp(`</\\s*(?:[^\\s<>/:]+:)?(?:${NAMES})\\s*>`, 'gi');

/** A field with nothing but text; the end of a row of such, with another one or nothing at all behind it. */
const PLAIN_FIELD = /\s*<([a-z]+)(?:\s*\/>|>([^<]*)<\/\1>)/iy;
const PLAIN_END = new RegExp(
	`\\s*</(${BOXES.join('|')})>(?=\\s*(?:<(?:${BOXES.join('|')})>|</${ROOT}>\\s*$))`,
	'iy',
);

interface Tag {
	readonly kind: 'opening' | 'closing' | 'empty' | 'comment';
	/** In lower case, without its prefix. */
	readonly name: string;
	readonly written: string;
	readonly hasAttributes: boolean;
	readonly start: number;
	readonly end: number;
}

/** The same search from places further and further on walks through the text once. */
function createFinder(search: (from: number) => number): (from: number) => number {
	let searchedFrom = 0;
	let found = -2;
	return (from) => {
		const isKnown = found > -2 && from >= searchedFrom && (found < 0 || from <= found);
		if (!isKnown) {
			searchedFrom = from;
			found = search(from);
		}
		return found;
	};
}

/** Walks over the tags with a documented name, and over CDATA sections without looking inside. */
class TagReader {
	private readonly pattern = new RegExp(TAG);
	private readonly findSectionEnd: (from: number) => number;
	private readonly findClosingTag: (from: number) => number;
	private readonly findCommentEnd: (from: number) => number;
	/** By the end of a section: where the last thing before it begins that looks like one. */
	private lastStart = { end: -1, start: -1 };

	constructor(private readonly text: string) {
		this.findSectionEnd = createFinder((from) => text.indexOf(SECTION_END, from));
		this.findCommentEnd = createFinder((from) => text.indexOf('-->', from));
		const closingTag = new RegExp(CLOSING_TAG);
		this.findClosingTag = createFinder((from) => {
			closingTag.lastIndex = from;
			return closingTag.exec(text)?.index ?? -1;
		});
	}

	seek(position: number): void {
		this.pattern.lastIndex = position;
	}

	next(): Tag | undefined {
		for (;;) {
			const match = this.pattern.exec(this.text);
			if (match === null) return undefined;
			const [whole, slash, written, rest = ''] = match;
			const start = match.index;
			const end = start + whole.length;
			if (whole === SECTION_START) {
				this.seek(this.endOfSection(end));
				continue;
			}
			const isEmpty = rest.endsWith('/');
			const hasAttributes = (isEmpty ? rest.slice(0, -1) : rest).trim() !== '';
			// What looks like a closing tag with attributes is none.
			if (slash !== undefined && (hasAttributes || isEmpty)) continue;
			const kind =
				written === undefined
					? 'comment'
					: slash !== undefined
						? 'closing'
						: isEmpty
							? 'empty'
							: 'opening';
			const name = (written ?? '').toLowerCase();
			return { kind, name, written: written ?? '', hasAttributes, start, end };
		}
	}

	/** A comment that has no end is none. */
	skipComment({ end }: Tag): void {
		const closing = this.findCommentEnd(end);
		if (closing >= 0) this.seek(closing + '-->'.length);
	}

	/**
	 * Text that only looks like the start of a section must not swallow the rows behind it: the field
	 * ends before another one begins.
	 */
	private endOfSection(from: number): number {
		const end = this.findSectionEnd(from);
		if (end < 0) return from;
		if (this.lastStart.end !== end) {
			this.lastStart = { end, start: this.text.lastIndexOf(SECTION_START, end) };
		}
		const closing = this.findClosingTag(from);
		const isLeftOpen = closing >= 0 && closing < this.lastStart.start;
		return isLeftOpen ? from : end + SECTION_END.length;
	}
}

/**
 * The text of a field: CDATA sections unwrapped, the five entities of XML and character references
 * resolved once, line breaks as XML reads them, all else as written. A `]]>` that is not followed by
 * another section is text as well.
 */
function readText(written: string): string {
	if (!/[\r&<]/.test(written)) return written;
	const source = written.replace(/\r\n?/g, '\n');
	let text = '';
	let at = 0;
	for (;;) {
		const start = source.indexOf(SECTION_START, at);
		const firstEnd = start < 0 ? -1 : source.indexOf(SECTION_END, start);
		if (firstEnd < 0) return text + unescapeXml(source.slice(at));
		const another = source.indexOf(SECTION_START, firstEnd);
		const end = source.lastIndexOf(SECTION_END, another < 0 ? source.length : another);
		text += unescapeXml(source.slice(at, start));
		text += source.slice(start + SECTION_START.length, end);
		at = end + SECTION_END.length;
	}
}

interface Field {
	readonly name: string;
	readonly start: number;
	end: number;
}

/** An element while it is read. */
interface Draft {
	readonly tag: Tag;
	readonly name: string;
	readonly fields: Field[];
	/** Whether each field has its closing tag. */
	isWhole: boolean;
	/** A field without one, which ends where the next thing begins. */
	open?: Field | undefined;
	/** Where the last thing that was understood ends. */
	readTo: number;
	/** Where its content ends, and where it does. */
	contentEnd?: number | undefined;
	end?: number | undefined;
}

/** Any name that a tag may have, without its prefix. */
const ANY_TAG = /<([^<>]+)>/g;
const LOCAL_NAME = /^(?:[^\s/:=&;"'!?]+:)?([\p{L}_][^\s/:=&;"'!?]*)/u;

/** Rows, fields and tags that are not documented; more are an attack on whoever keeps a list of them. */
const MAX_PARTS = 1_000_000;

/** A row or an error, as the platform wrote it. */
export interface MarkupElement {
	/** `statusbox`, `callbox` or `errorstatus`. */
	readonly name: string;
	/** By the names as written, without prefixes; a name that occurs several times has a list. */
	readonly fields: IDataObject;
	/** The whole of it, tags included. */
	readonly source: string;
	/** False where a field has no closing tag, or a piece of a row stands outside of any. */
	readonly isWhole: boolean;
}

/** A document of the platform. */
export interface Markup {
	/** What stands directly in the root. */
	readonly fields: IDataObject;
	readonly elements: readonly MarkupElement[];
	/** Whether there is nothing in the root, or nothing but empty rows. */
	readonly isBlank: boolean;
	readonly isCutOff: boolean;
	/** Where it is cut off in or behind a row: what stands behind the last whole one. */
	readonly rest?: string | undefined;
}

/** Why a text is no document: it has a DOCTYPE, which no data has, or another root, or no end. */
export interface MarkupProblem {
	readonly problem: 'doctype' | 'foreign' | 'tooLarge';
}

class MarkupReader {
	private readonly tags: TagReader;
	/** By name: no field of that name that begins before has a closing tag. */
	private readonly unclosedBefore = new Map<string, number>();
	private readonly elements: Draft[] = [];
	private readonly root: Draft;
	private current: Draft | undefined;
	private isClosed: boolean;
	/** The free text that was closed last, as long as no row has begun since. */
	private last: { readonly name: string; readonly owner: Draft; readonly field: Field } | undefined;
	private hasEmptyElements = false;
	private parts = 0;

	constructor(
		private readonly text: string,
		rootTag: Tag,
	) {
		this.tags = new TagReader(text);
		this.tags.seek(rootTag.end);
		this.root = this.createDraft(rootTag);
		this.isClosed = rootTag.kind === 'empty';
	}

	read(): Markup | MarkupProblem {
		for (let tag = this.tags.next(); tag !== undefined; tag = this.tags.next()) {
			if (++this.parts > MAX_PARTS) return { problem: 'tooLarge' };
			if (tag.kind === 'comment') this.tags.skipComment(tag);
			else if (tag.kind === 'closing') this.readClosing(tag);
			else this.readOpening(tag);
		}
		const { text, root, elements, isClosed } = this;
		this.readGap(root, root.contentEnd ?? text.length);
		const last = elements.at(-1);
		if (this.current !== undefined) elements.pop();
		const restStart = this.current === undefined ? last?.end : last?.tag.start;
		return {
			fields: this.toFields(root),
			elements: elements.map((draft) => this.toElement(draft)),
			isBlank:
				elements.length + root.fields.length === 0 && (this.hasEmptyElements || this.isBlank(root)),
			isCutOff: !isClosed,
			rest: isClosed || restStart === undefined ? undefined : text.slice(restStart).trim(),
		};
	}

	private isBlank({ tag, contentEnd }: Draft): boolean {
		const content = this.text.slice(tag.end, contentEnd);
		return endOfProlog(content) === content.length;
	}

	private createDraft(tag: Tag, name = tag.name): Draft {
		return { tag, name, fields: [], isWhole: true, readTo: tag.end };
	}

	private readOpening(tag: Tag): void {
		const { name } = tag;
		const level = this.current ?? this.root;
		if (name === ROOT || BOXES.includes(name)) {
			this.endCurrent(tag.start, tag.start);
			this.last = undefined;
			if (name === ROOT) this.isClosed = tag.kind === 'empty';
			else this.startElement(tag);
		} else if (FIELDS_OF[level.name]?.includes(name)) {
			this.readGap(level, tag.start);
			this.readField(level, tag);
		} else if (this.current === undefined && this.elements.length > 0) {
			this.startPiece(tag);
		}
	}

	private startElement(tag: Tag): void {
		this.readGap(this.root, tag.start);
		this.current = this.createDraft(tag);
		this.elements.push(this.current);
		if (tag.kind === 'empty') this.endCurrent(tag.end, tag.end);
		else this.readPlainRow(this.current);
	}

	/** Nearly all rows are plain, and read so many times as fast; any other is left to be read tag by tag. */
	private readPlainRow(draft: Draft): void {
		const fields: Field[] = [];
		let end = draft.tag.end;
		const match = (pattern: RegExp): RegExpExecArray | null => {
			pattern.lastIndex = end;
			const found = pattern.exec(this.text);
			end = pattern.lastIndex || end;
			return found;
		};
		for (let field = match(PLAIN_FIELD); field !== null; field = match(PLAIN_FIELD)) {
			const [, name = '', content] = field;
			if (!FIELDS_OF[draft.name]?.includes(name.toLowerCase())) return;
			const contentEnd = content === undefined ? end : end - `</${name}>`.length;
			fields.push({ name, start: contentEnd - (content?.length ?? 0), end: contentEnd });
		}
		const name = match(PLAIN_END)?.[1] ?? '';
		if (fields.length === 0 || name.toLowerCase() !== draft.name) return;
		this.parts += fields.length + 1;
		draft.fields.push(...fields);
		draft.readTo = end - `</${name}>`.length;
		this.endCurrent(draft.readTo, end);
		this.tags.seek(end);
	}

	/** A field of a row that stands outside of any is kept, with what follows. */
	private startPiece(tag: Tag): void {
		const name = this.elements.at(-1)?.name ?? '';
		this.current = { ...this.createDraft(tag, name), isWhole: false, readTo: tag.start };
		this.elements.push(this.current);
		this.readField(this.current, tag);
	}

	private readClosing(tag: Tag): void {
		const { name } = tag;
		const last = this.last?.name === name ? this.last : undefined;
		const isLastField = last !== undefined && last.owner.fields.at(-1) === last.field;
		const hasRowEnded = last !== undefined && last.owner !== (this.current ?? this.root);
		if (last !== undefined && (isLastField || hasRowEnded)) {
			// The closing tag before was a part of the text, and whatever came since as well.
			const { owner, field } = last;
			field.end = tag.start;
			owner.fields.splice(owner.fields.lastIndexOf(field) + 1);
			owner.readTo = tag.end;
			if (owner !== this.root) this.current = owner;
		} else if (name === ROOT) {
			this.endCurrent(tag.start, tag.start);
			this.root.contentEnd = tag.start;
			this.isClosed = true;
		} else if (name === this.current?.name) {
			this.endCurrent(tag.start, tag.end);
		}
	}

	private endCurrent(contentEnd: number, end: number): void {
		const draft = this.current;
		if (draft === undefined) return;
		this.readGap(draft, contentEnd);
		Object.assign(draft, { contentEnd, end });
		if (!draft.tag.hasAttributes && this.isBlank(draft)) {
			this.elements.pop();
			this.hasEmptyElements = true;
		}
		this.current = undefined;
		this.root.readTo = end;
	}

	private readField(level: Draft, tag: Tag): void {
		const field: Field = { name: tag.written, start: tag.end, end: tag.end };
		level.fields.push(field);
		level.readTo = tag.end;
		if (tag.kind === 'empty') return;
		const closing = this.findClosing(tag, level.name);
		if (closing === undefined) {
			level.isWhole = false;
			level.open = field;
			return;
		}
		field.end = closing.start;
		level.readTo = closing.end;
		if (FREE_TEXTS.includes(tag.name)) {
			this.last = { name: tag.name, owner: level, field };
		}
	}

	/**
	 * The field's own closing tag. One behind the end of the row belongs to another field, if another
	 * row with one begins in between; else that end of a row is a part of the text.
	 */
	private findClosing({ name, end }: Tag, parent: string): Tag | undefined {
		if (end < (this.unclosedBefore.get(name) ?? 0)) return undefined;
		let hasLeftParent = false;
		let isInNext = false;
		let unclosedBefore = Infinity;
		for (let tag = this.tags.next(); tag !== undefined; tag = this.tags.next()) {
			if (tag.kind === 'closing') {
				if (tag.name === name) return tag;
				hasLeftParent ||= tag.name === parent;
			} else if (isInNext && tag.name === name) {
				unclosedBefore = tag.start;
				break;
			} else {
				isInNext ||= hasLeftParent && Object.hasOwn(FIELDS_OF, tag.name);
			}
		}
		this.unclosedBefore.set(name, unclosedBefore);
		this.tags.seek(end);
		return undefined;
	}

	/** What stands between documented things: an open field's text, remarks, undocumented fields. */
	private readGap(level: Draft, to: number): void {
		const from = level.readTo;
		level.readTo = Math.max(from, to);
		if (level.open !== undefined) {
			level.open.end = to;
			level.open = undefined;
		} else if (to > from) {
			this.readForeignFields(level, from, this.text.slice(from, to));
		}
	}

	private readForeignFields({ fields }: Draft, offset: number, gap: string): void {
		const open = new Map<string, { readonly start: number; readonly before: number }>();
		for (const { 0: whole, 1: inner = '', index } of gap.matchAll(ANY_TAG)) {
			if (++this.parts > MAX_PARTS) return;
			const isClosing = inner.startsWith('/');
			const name = LOCAL_NAME.exec(isClosing ? inner.slice(1).trim() : inner)?.[1];
			if (name === undefined || name === '__proto__') continue;
			const start = offset + index + whole.length;
			if (!isClosing && inner.endsWith('/')) fields.push({ name, start, end: start });
			else if (!isClosing) open.set(name, { start, before: fields.length });
			const opening = isClosing ? open.get(name) : undefined;
			if (opening === undefined) continue;
			// What is inside of it is a part of its text.
			fields.splice(opening.before);
			fields.push({ name, start: opening.start, end: offset + index });
			open.delete(name);
		}
	}

	private toFields({ fields }: Draft): IDataObject {
		const byName: Record<string, string | string[]> = {};
		for (const { name, start, end } of fields) {
			const text = readText(this.text.slice(start, end));
			const known = Object.hasOwn(byName, name) ? byName[name] : undefined;
			if (known === undefined) byName[name] = text;
			else if (Array.isArray(known)) known.push(text);
			else byName[name] = [known, text];
		}
		return byName;
	}

	private toElement(draft: Draft): MarkupElement {
		const { tag, name, isWhole, end } = draft;
		const fields = this.toFields(draft);
		return { name, fields, source: this.text.slice(tag.start, end), isWhole };
	}
}

/** Reads a document of the platform. */
export function readMarkup(text: string): Markup | MarkupProblem {
	const start = endOfProlog(text);
	if (text.startsWith('<!', start)) return { problem: 'doctype' };
	const tags = new TagReader(text);
	tags.seek(start);
	const root = tags.next();
	return root?.start === start && root.name === ROOT && root.kind !== 'closing'
		? new MarkupReader(text, root).read()
		: { problem: 'foreign' };
}
