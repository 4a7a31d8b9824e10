import type { ExampleCard, Overview } from '../api';
import type { ReceivedMail } from '../../test/harness/mailServer';
import type { Signal } from '../../test/simulator';
import type { RunningVendors } from './vendors/running';

/** What the console needs of a mail server. */
export interface MailSource {
	/** What came in before, the oldest first. */
	readonly mails: readonly ReceivedMail[];
	/** That a mail has come in. */
	readonly received: Signal<ReceivedMail>;
}

/** The workflows that are there to be played. */
export interface Examples {
	readonly list: readonly ExampleCard[];
	/** Puts one in production, or takes it out; absent: they stay as they are. */
	setActive?(file: string, active: boolean): Promise<void>;
}

export interface ConsoleOptions {
	vendors: RunningVendors;
	/** The folder of the page's bundle; absent: there is the API alone. */
	page?: string;
	/** Default `127.0.0.1`. */
	host?: string;
	/** Default 0: any free port. */
	port?: number;
	/** Other names than those of this machine under which the console may be asked. */
	allowedHosts?: readonly string[];
	mail?: MailSource;
	editor?: Overview['editor'];
	examples?: Examples;
	/** Milliseconds between two tries of a push that was not acknowledged; default 10,000. */
	pushIntervalMs?: number;
}
