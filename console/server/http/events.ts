import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import { Problem } from '../problem';
import type { Hub } from './hub';

/** How many browsers may listen at a time. */
const MAX_LISTENERS = 50;
const HEARTBEAT_MS = 15_000;
/** After how long a browser that lost the connection tries again. */
const RETRY_MS = 1_000;

/** What happens, as server-sent events until the browser leaves. */
export function serveEvents(context: Context, hub: Hub): Response {
	if (hub.size >= MAX_LISTENERS) {
		throw new Problem({ en: 'Too many browsers listen.', zh: '监听的浏览器过多。' }, 503);
	}
	const listener = hub.join();
	return streamSSE(context, async (stream) => {
		stream.onAbort(() => hub.leave(listener));
		await stream.write(`retry: ${RETRY_MS}\n\n`);
		while (!listener.isClosed) {
			const text = await listener.next(HEARTBEAT_MS);
			if (!listener.isClosed) await stream.write(text);
		}
	});
}
