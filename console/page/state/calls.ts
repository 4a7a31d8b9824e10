import type { CallOutcome } from '../../api';
import { send } from './api';
import { attempt } from './toasts';

/** Makes a call of an example. The server makes it, as n8n is of another origin than this page. */
export const makeCall = async (
	file: string,
	nth: number,
	body: string,
): Promise<CallOutcome | undefined> =>
	await attempt(() =>
		send<CallOutcome>('POST', `/examples/${encodeURIComponent(file)}/calls/${nth}`, { body }),
	);
