import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** How an operation is tried, and told to readers of Chinese. */
export interface Example {
	/** What the operation does, for the Chinese docs: the interface in n8n is English only. */
	readonly chinese: string;
	/** Parameters that work against the simulator, as a user enters them. */
	readonly parameters: INodeParameters;
	/** The items that come in; one empty item when left out. */
	readonly items?: readonly IDataObject[];
	/** What comes out when a person has answered; a run by itself only waits. */
	readonly answered?: IDataObject;
}

/** By `resource.operation`. */
export type Examples = Readonly<Record<`${string}.${string}`, Example>>;
