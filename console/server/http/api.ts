import { Hono } from 'hono';

import { listKinds } from '../pushes/kinds';
import { pushByHand } from '../pushes/handPush';
import { Problem } from '../problem';
import { listOrders } from '../scenes/orders';
import { writeReply } from '../scenes/replies';
import type { Studio } from '../studio';
import { setBalance } from '../vendors/balances';
import { VENDOR_IDS } from '../../api';
import { serveEvents } from './events';
import * as input from './input';
import { check, readJson, readQuery } from './input';

const wholeNumber = (text: string): number => {
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw new Problem({ en: `"${text}" is no number.`, zh: `“${text}”不是数字。` }, 404);
};

const DONE = { ok: true };

/** The calls of the protocol below `/api`. */
export function apiRoutes(studio: Studio, ownUrl: () => string): Hono {
	const { vendors } = studio;
	const app = new Hono();

	app.get('/overview', (c) => c.json(studio.overview(ownUrl())));

	app.get('/fleet', async (c) => c.json(await studio.cards.book.summarize()));
	app.get('/cards', async (c) =>
		c.json(await studio.cards.book.list(readQuery(c, input.cardQuery))),
	);
	app.delete('/cards', (c) => {
		studio.cards.desk.undoAll();
		return c.json(DONE);
	});
	app.get('/cards/:cardNumber', (c) => c.json(studio.cards.book.detail(c.req.param('cardNumber'))));
	app.patch('/cards/:cardNumber', async (c) => {
		const patch = await readJson(c, input.cardPatch);
		return c.json(studio.cards.desk.change(c.req.param('cardNumber'), patch));
	});
	app.delete('/cards/:cardNumber', (c) =>
		c.json(studio.cards.desk.undo(c.req.param('cardNumber'))),
	);

	app.get('/requests', (c) => {
		const { vendor, after = 0 } = readQuery(c, input.requestQuery);
		return c.json(studio.requests.list(vendor, after));
	});
	app.delete('/requests', (c) => {
		studio.requests.clear();
		return c.json(DONE);
	});
	app.get('/requests/:id', (c) => c.json(studio.requests.find(wholeNumber(c.req.param('id')))));

	app.get('/phones', (c) => c.json(studio.phones.list()));
	app.post('/phones/:number/replies', async (c) => {
		const reply = await readJson(c, input.newReply);
		return c.json(writeReply(vendors, studio.phones, c.req.param('number'), reply));
	});

	app.get('/orders', (c) => c.json(listOrders(vendors.trafficRecharge)));

	app.patch('/balances/:vendor/:id', async (c) => {
		const vendor = check(input.vendorId, c.req.param('vendor'));
		const { value } = await readJson(c, input.newBalance);
		const balance = setBalance(vendors, vendor, c.req.param('id'), value);
		studio.noteBalances();
		return c.json(balance);
	});

	app.get('/push-kinds', (c) =>
		c.json(listKinds(VENDOR_IDS.filter((id) => vendors[id] !== undefined))),
	);
	app.get('/pushes', (c) => c.json(studio.pushes.list()));
	app.post('/pushes', async (c) => {
		const push = await readJson(c, input.newPush);
		return c.json(await pushByHand(vendors, studio.pushes, push));
	});

	app.get('/subscriptions', (c) => c.json(studio.courier.subscriptions));
	app.put('/subscriptions/:kind', async (c) => {
		const kind = check(input.pushKind, c.req.param('kind'));
		const { urls } = await readJson(c, input.subscription);
		studio.courier.subscribe(kind, urls);
		return c.json(studio.courier.subscriptions);
	});

	app.get('/faults', (c) => c.json(studio.listFaults()));
	app.post('/faults/:vendor', async (c) => {
		const vendor = check(input.vendorId, c.req.param('vendor'));
		studio.addFault(vendor, await readJson(c, input.newFault));
		return c.json(studio.listFaults());
	});
	app.delete('/faults/:vendor', (c) => {
		vendors[check(input.vendorId, c.req.param('vendor'))]?.faults.clear();
		return c.json(studio.listFaults());
	});

	app.get('/inbox', (c) => c.json(studio.inbox.list()));
	app.get('/inbox/:id/attachments/:index', (c) => {
		const { id, index } = c.req.param();
		const { name, type, content } = studio.inbox.file(wholeNumber(id), wholeNumber(index));
		// Saved, never shown: a page in a mail would else be one of this site.
		return c.body(new Uint8Array(content), 200, {
			'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
		});
	});

	app.post('/examples/:file/active', async (c) => {
		const { active } = await readJson(c, input.activation);
		return c.json(await studio.setExampleActive(c.req.param('file'), active));
	});

	app.post('/examples/:file/calls/:index', async (c) => {
		const { body } = await readJson(c, input.callBody);
		const { file, index } = c.req.param();
		return c.json(await studio.callExample(file, wholeNumber(index), body));
	});

	app.get('/events', (c) => serveEvents(c, studio.hub));

	return app;
}
