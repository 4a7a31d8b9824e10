import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Signal } from '../simulator/signal';
import { type Mail, readMail } from './mime';

/** A mail and whom it was for, as the envelope says. */
export interface ReceivedMail extends Mail {
	from: string;
	to: string[];
}

export interface MailServer {
	/** What an `smtp` credential of n8n holds to send by it. */
	readonly credential: {
		host: string;
		port: number;
		user: string;
		password: string;
		secure: boolean;
		disableStartTls: boolean;
	};
	/** What came in, the oldest first. */
	readonly mails: ReceivedMail[];
	/** That a mail has come in. */
	readonly received: Signal<ReceivedMail>;
	close(): Promise<void>;
}

const USER = 'n8n@example.com';
const PASSWORD = 'MailPassword01';
const LOGIN = Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64');

/**
 * A mail server on this machine that keeps what it gets, for those who know its password.
 *
 * @param wantedPort default 0: any free port
 */
export async function startMailServer(wantedPort = 0): Promise<MailServer> {
	const mails: ReceivedMail[] = [];
	const received = new Signal<ReceivedMail>();
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
		converse(socket, (mail) => {
			mails.push(mail);
			received.emit(mail);
		});
	});
	await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		credential: {
			...{ host: '127.0.0.1', port, user: USER, password: PASSWORD },
			...{ secure: false, disableStartTls: true },
		},
		mails,
		received,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** One connection, by RFC 5321. */
function converse(socket: Socket, keep: (mail: ReceivedMail) => void): void {
	let envelope = { isKnown: false, from: '', to: [] as string[] };
	let isMessage = false;
	let pending = '';
	const say = (line: string) => socket.write(`${line}\r\n`);
	const path = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

	const answer = (line: string): void => {
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === 'EHLO') say('250-localhost\r\n250-AUTH PLAIN\r\n250 8BITMIME');
		else if (verb === 'AUTH') {
			envelope.isKnown = line === `AUTH PLAIN ${LOGIN}`;
			say(envelope.isKnown ? '235 Welcome' : '535 Wrong user or password');
		} else if (verb === 'QUIT') {
			say('221 Bye');
			socket.end();
		} else if (!envelope.isKnown) say('530 Who are you?');
		else if (verb === 'MAIL') {
			envelope = { isKnown: true, from: path(line), to: [] };
			say('250 OK');
		} else if (verb === 'RCPT') {
			envelope.to.push(path(line));
			say('250 OK');
		} else if (verb === 'DATA') {
			isMessage = true;
			say('354 Go on');
		} else say('250 OK');
	};

	/** @returns whether something was taken from what is pending */
	const takeOne = (): boolean => {
		const end = isMessage ? '\r\n.\r\n' : '\r\n';
		const at = pending.indexOf(end);
		if (at < 0) return false;
		const taken = pending.slice(0, at);
		pending = pending.slice(at + end.length);
		if (!isMessage) answer(taken);
		else {
			isMessage = false;
			const message = Buffer.from(taken.replace(/^\.\./gm, '.'), 'latin1');
			keep({ ...readMail(message), from: envelope.from, to: envelope.to });
			say('250 Kept');
		}
		return true;
	};

	socket.setEncoding('latin1');
	socket.on('data', (chunk: string) => {
		pending += chunk;
		while (takeOne());
	});
	say('220 localhost');
}
