import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { API_PATH } from '../../api';
import type { ConsoleOptions } from '../options';
import { notFound, Problem } from '../problem';
import type { Studio } from '../studio';
import { apiRoutes } from './api';
import { guardHost, guardOrigin, headers } from './guards';

const MAX_BODY = 1024 * 1024;

/** What a chat says when it takes a message: DingTalk, WeCom and Feishu in one. */
const CHAT_TAKEN = { errcode: 0, errmsg: 'ok', code: 0, msg: 'success' };

function readAnything(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

/** The console as an HTTP application. */
export function createApp(
	studio: Studio,
	{ host = '127.0.0.1', allowedHosts = [], page }: ConsoleOptions,
	ownUrl: () => string,
): Hono {
	const app = new Hono();
	app.onError((error, c) => {
		if (error instanceof Problem) return c.json({ error: error.words }, error.status);
		// A client that hangs up in the middle of its request is no news.
		if (c.req.raw.signal.aborted) return c.body(null, 400);
		process.stderr.write(`The console itself failed: ${error.stack ?? error.message}\n`);
		const words = { en: 'The console itself failed.', zh: '控制台自身出错。' };
		return c.json({ error: words }, 500);
	});
	app.use(headers);
	app.use(guardHost(host, allowedHosts));
	app.use(guardOrigin);
	app.use(
		bodyLimit({
			maxSize: MAX_BODY,
			onError: () => {
				throw new Problem({ en: 'That is more than 1 MB.', zh: '内容超过 1 MB。' }, 413);
			},
		}),
	);
	app.use(`${API_PATH}/*`, async (c, next) => {
		await next();
		c.header('Cache-Control', 'no-store');
	});
	app.route(API_PATH, apiRoutes(studio, ownUrl));
	app.post('/chat', async (c) => {
		studio.inbox.addChat(readAnything(await c.req.text()));
		return c.json(CHAT_TAKEN);
	});
	if (page !== undefined) {
		app.use(
			serveStatic({
				root: page,
				onFound: (_path, c) => c.header('Cache-Control', 'no-cache'),
			}),
		);
	}
	app.notFound((c) => {
		const { words } = notFound('There is nothing here.', '此处没有内容。');
		return c.json({ error: words }, 404);
	});
	return app;
}
