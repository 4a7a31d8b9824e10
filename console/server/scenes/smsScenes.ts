import { chinaDateTime, SMS_DELIVERED, SMS_FAILED, UNREACHABLE } from '../../../test/simulator';
import type {
	M2mSimulator,
	SmsPlatformSimulator,
	SmsReplyRow,
	WaitingReply,
} from '../../../test/simulator';
import type { PhoneBook } from '../books/phoneBook';
import type { Courier } from '../pushes/courier';

/** What is shown, and whom it is told. */
export interface Stage {
	phones: PhoneBook;
	courier: Courier;
}

const outcomeOf = (number: string): 'failed' | 'delivered' =>
	UNREACHABLE.test(number) ? 'failed' : 'delivered';

/** A text as it was before it was URL-encoded; what does not decode stays as it is. */
function decoded(content: string): string {
	try {
		return decodeURIComponent(content);
	} catch {
		return content;
	}
}

/** SMS of the M2M platform: on phones when they arrive, and pushed where somebody is subscribed. */
export function playM2mSms(m2m: M2mSimulator, { phones, courier }: Stage): () => void {
	const { world, settings } = m2m;
	world.divert = ({ mobile, encodedContent, retime }) =>
		courier.take('sms-received', [{ mobile, content: encodedContent, retime }]);
	const show = ({ mobile, encodedContent }: WaitingReply) =>
		phones.add({
			vendor: 'm2m',
			number: mobile,
			direction: 'fromPhone',
			text: decoded(encodedContent),
			at: world.now(),
			delivery: 'delivered',
		});
	for (const reply of world.inbox.list()) show(reply);
	const ends = [
		world.sent.listen(({ mobile, content, sendkey, sentAt }) => {
			const message = phones.add({
				vendor: 'm2m',
				number: mobile,
				direction: 'toPhone',
				text: content,
				at: sentAt,
				delivery: 'pending',
			});
			void courier.delays.wait(settings.deliveryDelayMs).then(() => {
				const outcome = outcomeOf(mobile);
				phones.settle(message, outcome);
				if (settings.deliveryReports === 'never') return;
				courier.take('sms-sent', [
					{
						mobile,
						sendkey,
						content: encodeURIComponent(content),
						status: outcome === 'failed' ? SMS_FAILED : SMS_DELIVERED,
						sendtime: chinaDateTime(sentAt),
					},
				]);
			});
		}),
		world.received.listen(show),
	];
	return () => ends.forEach((end) => end());
}

/** SMS of the SMS platform, likewise; what is reported and when is the platform's own business. */
export function playSmsPlatform(platform: SmsPlatformSimulator, stage: Stage): () => void {
	const { phones, courier } = stage;
	const { world, settings } = platform;
	world.divert = (kind, rows, dueAt) => {
		const inMs = dueAt - world.now();
		if (kind === 'reply') return courier.take('sms-reply', rows, inMs);
		courier.take('sms-report', rows, inMs);
		// Of those who wait for a delivery, each fetches the reports of its own task: for them they are
		// handed out as well, as some platforms do.
		return false;
	};
	const show = ({ mobile, content }: SmsReplyRow) =>
		phones.add({
			vendor: 'smsPlatform',
			number: mobile,
			direction: 'fromPhone',
			text: content,
			at: world.now(),
			delivery: 'delivered',
		});
	for (const reply of world.replies.list()) show(reply);
	const ends = [
		world.sent.listen(({ mobiles, content, sentAt, scheduledFor = 0 }) => {
			const messages = mobiles.map((number) =>
				phones.add({
					vendor: 'smsPlatform',
					number,
					direction: 'toPhone',
					text: content,
					at: sentAt,
					delivery: 'pending',
				}),
			);
			const wait = Math.max(scheduledFor - sentAt, 0) + settings.deliveryDelayMs;
			void courier.delays.wait(wait).then(() => {
				for (const message of messages) phones.settle(message, outcomeOf(message.number));
			});
		}),
		world.received.listen(show),
	];
	return () => ends.forEach((end) => end());
}
