import type { Phone, SmsMessage } from '../../api';
import { codesIn } from '../../../test/simulator';
import type { Publish } from '../http/hub';
import { phoneKey } from '../../phoneKey';
import { linksIn } from './numbers';
import { counter } from './recent';

const MAX_PHONES = 500;
const MAX_MESSAGES = 200;

export type SmsVendor = SmsMessage['vendor'];

export interface NewMessage {
	vendor: SmsVendor;
	/** As the vendor writes it. */
	number: string;
	direction: SmsMessage['direction'];
	text: string;
	at: number;
	delivery: SmsMessage['delivery'];
}

interface Entry extends Phone {
	/** How each vendor writes its number. */
	writtenAs: Partial<Record<SmsVendor, string>>;
}

/** The phones and cards that SMS went to or came from, with what is on their screens. */
export class PhoneBook {
	private readonly nextId = counter();

	/** The one heard of last comes last. */
	private readonly phones = new Map<string, Entry>();

	constructor(
		private readonly publish: Publish,
		private readonly isCard: (number: string) => boolean,
	) {}

	/** The last one heard of first. */
	list(): Phone[] {
		return [...this.phones.values()]
			.reverse()
			.map(({ writtenAs: _, messages, ...phone }) => ({ ...phone, messages: [...messages] }));
	}

	find(number: string): Readonly<Entry> | undefined {
		return this.phones.get(phoneKey(number));
	}

	add({ number: written, ...fields }: NewMessage): SmsMessage {
		const number = phoneKey(written);
		const isOffer = fields.direction === 'toPhone';
		const message: SmsMessage = {
			id: this.nextId(),
			number,
			...fields,
			links: linksIn(fields.text),
			codes: isOffer ? codesIn(fields.text) : [],
		};
		const phone = this.phoneOf(number);
		phone.writtenAs[fields.vendor] = written;
		phone.lastAt = fields.at;
		phone.messages.push(message);
		phone.messages.splice(0, phone.messages.length - MAX_MESSAGES);
		this.publish('message', message);
		return message;
	}

	/** What has become of a message. */
	settle(message: SmsMessage, delivery: SmsMessage['delivery']): void {
		message.delivery = delivery;
		this.publish('message', message);
	}

	private phoneOf(number: string): Entry {
		const phone = this.phones.get(number) ?? {
			number,
			isCard: this.isCard(number),
			lastAt: 0,
			messages: [],
			writtenAs: {},
		};
		this.phones.delete(number);
		this.phones.set(number, phone);
		for (const oldest of this.phones.keys()) {
			if (this.phones.size <= MAX_PHONES) break;
			this.phones.delete(oldest);
		}
		return phone;
	}
}
