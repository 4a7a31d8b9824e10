/** Reads the mails that n8n sends: those of nodemailer, and of others as far as they write alike. */

/** A part of a mail, or a mail as a whole. */
interface Part {
	/** By its name in lower case. */
	readonly headers: ReadonlyMap<string, string>;
	/** One character a byte. */
	readonly body: string;
}

export interface Attachment {
	fileName: string;
	/** The media type, for example `text/csv`. */
	type: string;
	content: Buffer;
}

export interface Mail {
	subject: string;
	/** Empty when the mail has none; its lines end as they do in n8n, and so do those of the page. */
	text: string;
	html: string;
	attachments: Attachment[];
}

/** @param message the bytes of a mail as they came by SMTP, without the dots that were doubled */
export function readMail(message: Buffer): Mail {
	const whole = readPart(message.toString('latin1'));
	const mail: Mail = {
		subject: decodeWords(header(whole, 'subject')),
		text: '',
		html: '',
		attachments: [],
	};
	for (const part of leavesOf(whole)) {
		const [type = ''] = header(part, 'content-type').split(';');
		const content = contentOf(part);
		if (/^attachment/i.test(header(part, 'content-disposition'))) {
			mail.attachments.push({ fileName: fileNameOf(part), type, content });
		} else
			mail[type === 'text/html' ? 'html' : 'text'] += content
				.toString('utf8')
				.replaceAll('\r\n', '\n');
	}
	return mail;
}

const header = ({ headers }: Part, name: string): string => headers.get(name) ?? '';

function readPart(source: string): Part {
	const end = source.indexOf('\r\n\r\n');
	const lines = source
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { headers: new Map(headers), body: source.slice(end + 4) };
}

/** The parts that hold no others. */
function leavesOf(part: Part): Part[] {
	const [, boundary] =
		/^multipart\/.*;\s*boundary="?([^";]+)"?/i.exec(header(part, 'content-type')) ?? [];
	if (boundary === undefined) return [part];
	const [, ...pieces] = `\r\n${part.body}`.split(`\r\n--${boundary}`);
	return pieces
		.filter((piece) => !piece.startsWith('--'))
		.flatMap((piece) => leavesOf(readPart(piece.replace(/^[ \t]*\r\n/, ''))));
}

function contentOf(part: Part): Buffer {
	switch (header(part, 'content-transfer-encoding').toLowerCase()) {
		case 'base64':
			return Buffer.from(part.body, 'base64');
		case 'quoted-printable':
			return quotedBytes(part.body.replace(/=\r\n/g, ''));
		default:
			return Buffer.from(part.body, 'latin1');
	}
}

const quotedBytes = (text: string): Buffer =>
	Buffer.from(
		text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	);

/** Encoded words of RFC 2047; those that follow each other are one text. */
const decodeWords = (text: string): string =>
	text.replace(/\?=\s+=\?/g, '?==?').replace(/(?:=\?[^?]+\?[BQ]\?[^?]*\?=)+/gi, (words) => {
		const bytes = [...words.matchAll(/=\?[^?]+\?([BQ])\?([^?]*)\?=/gi)].map(
			([, kind = '', word = '']) =>
				kind.toUpperCase() === 'B'
					? Buffer.from(word, 'base64')
					: quotedBytes(word.replaceAll('_', ' ')),
		);
		return Buffer.concat(bytes).toString('utf8');
	});

const fileNameOf = (part: Part): string =>
	decodeWords(/filename="?([^";]+)"?/i.exec(header(part, 'content-disposition'))?.[1] ?? '');
