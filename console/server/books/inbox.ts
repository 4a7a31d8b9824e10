import type { InboxRow } from '../../api';
import type { ReceivedMail } from '../../../test/harness/mailServer';
import type { Publish } from '../http/hub';
import { notFound } from '../problem';
import { counter, Recent } from './recent';

const MAX_ENTRIES = 200;
/** Bytes of all attachments that are kept; the oldest go first. */
const MAX_ATTACHED = 64 * 1024 * 1024;

interface Attached {
	name: string;
	type: string;
	content: Buffer;
}

interface Entry extends InboxRow {
	files: Attached[];
}

const rowOf = ({ files: _, ...row }: Entry): InboxRow => row;

/** Mails and chat messages of the demonstration. */
export class Inbox {
	private readonly nextId = counter();

	private readonly kept = new Recent<Entry>(MAX_ENTRIES);

	constructor(private readonly publish: Publish) {}

	/** The newest first. */
	list(): InboxRow[] {
		return this.kept.list().map(rowOf);
	}

	addMail({ from, to, subject, text, html, attachments }: ReceivedMail): void {
		const files = attachments.map(({ fileName, type, content }) => ({
			name: fileName,
			type,
			content,
		}));
		this.add({ via: 'mail', from, to, subject, text, ...(html === '' ? {} : { html }) }, files);
	}

	/** A chat message: the text and title are found where the usual chats have them. */
	addChat(message: unknown): void {
		const { title, text } = readChat(message);
		this.add({ via: 'chat', from: '', to: [], subject: title, text }, []);
	}

	file(id: number, index: number): Attached {
		const file = this.kept.find(id)?.files[index];
		if (file) return file;
		throw notFound('This file is no longer kept.', '此文件已不再保留。');
	}

	private add(row: Omit<InboxRow, 'id' | 'at' | 'attachments'>, files: Attached[]): void {
		const attachments = files.map(({ name, type, content }) => ({
			name,
			type,
			bytes: content.length,
		}));
		const entry = this.kept.add({ id: this.nextId(), at: Date.now(), ...row, attachments, files });
		this.forgetFiles();
		this.publish('inbox', rowOf(entry));
	}

	private forgetFiles(): void {
		let bytes = 0;
		for (const entry of this.kept.list()) {
			for (const { content } of entry.files) bytes += content.length;
			if (bytes > MAX_ATTACHED) entry.files = [];
		}
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first text at one of the paths. */
function textAt(message: unknown, paths: readonly string[]): string | undefined {
	for (const path of paths) {
		let found: unknown = message;
		for (const name of path.split('.')) found = isRecord(found) ? found[name] : undefined;
		if (typeof found === 'string' && found !== '') return found;
	}
	return undefined;
}

/** Where DingTalk, WeCom, Feishu, Slack and the like have what is said. */
const TEXT_PATHS = [
	'text.content',
	'markdown.text',
	'markdown.content',
	'content.text',
	'actionCard.text',
	'link.text',
	'text',
	'message',
	'content',
];
const TITLE_PATHS = [
	'markdown.title',
	'actionCard.title',
	'link.title',
	'card.header.title.content',
	'title',
	'subject',
];

function readChat(message: unknown): { title: string; text: string } {
	const whole = typeof message === 'string' ? message : JSON.stringify(message, null, 2);
	return { title: textAt(message, TITLE_PATHS) ?? '', text: textAt(message, TEXT_PATHS) ?? whole };
}
