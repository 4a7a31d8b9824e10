import { Refusal } from '../codes';
import { decodeContent } from '../envelope';
import { deliveryStatus } from '../smsBoxes';
import type { SentSms } from '../smsBoxes';
import type { World } from '../world';
import { field, requireLayout } from './handler';
import type { Handler } from './handler';

/** Code 0022 says 10 to 16, while the request table says 16. */
const SENDKEY = /^[0-9A-Za-z]{10,16}$/;
const IOT_CARD = /^(\d{11}|\d{13})$/;
const PHONE = /^(86)?1\d{10}$/;
/** A Cmpp message format is one byte. */
const HIGHEST_FORMAT = 255;

function send(world: World, sms: SentSms): void {
	if (world.outbox.has(sms.sendkey)) throw new Refusal('0024');
	if (world.settings.smsBalance < 1) throw new Refusal('0021');
	world.settings.smsBalance--;
	world.outbox.add(sms);
	world.sent.emit(sms);
}

/** M2M §2.3 */
export const sendSms: Handler = (world, fields) => {
	const sendkey = field(fields, 'sendkey');
	const mobileType = field(fields, 'mobiletype');
	const mobile = field(fields, 'mobile');
	const content = decodeContent(field(fields, 'content'));
	requireLayout(sendkey, SENDKEY, '0022');
	requireLayout(mobileType, /^[01]$/, '0015');
	requireLayout(mobile, mobileType === '0' ? IOT_CARD : PHONE, '0025');
	send(world, { sendkey, mobile, content, mobileType, sentAt: world.now() });
	return {};
};

/** M2M §2.4: to IoT cards only. */
export const sendFormattedSms: Handler = (world, fields) => {
	const sendkey = field(fields, 'sendkey');
	const format = Number(field(fields, 'fmt'));
	const mobile = field(fields, 'mobile');
	const content = decodeContent(field(fields, 'content'));
	requireLayout(sendkey, SENDKEY, '0022');
	if (!Number.isInteger(format) || format < 0 || format > HIGHEST_FORMAT) {
		throw new Refusal('0023');
	}
	requireLayout(mobile, IOT_CARD, '0025');
	send(world, { sendkey, mobile, content, format, sentAt: world.now() });
	return {};
};

/** M2M §2.5 */
export const getDelivery: Handler = (world, fields) => {
	const sendkey = field(fields, 'sendkey');
	requireLayout(sendkey, SENDKEY, '0022');
	const sms = world.outbox.find(sendkey);
	if (!sms) throw new Refusal('0019');
	const status = deliveryStatus(sms, world.now(), world.settings);
	return { rows: [{ mobile: sms.mobile, sendkey, status }] };
};

/** M2M §2.6: what is handed out is gone. */
export const getReplies: Handler = (world, fields) => {
	const num = field(fields, 'num');
	requireLayout(num, /^([1-4]\d|50)$/, '0015');
	const replies = world.inbox.take(Number(num));
	if (replies.length === 0) throw new Refusal('0019');
	return {
		extra: { Num: String(replies.length) },
		rows: replies.map(({ mobile, encodedContent, retime }) => ({
			mobile,
			content: encodedContent,
			retime,
		})),
	};
};
