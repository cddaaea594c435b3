//! What the run time needs to know to make several calls of one: pages, batches, questions about a task.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use vod_spec::model::Success;

use super::option;
use super::structs::number;
use crate::format::Item;
use crate::names::ident;
use crate::rust::{Batch, Operation, Outcome, Pagination, RustType, Task, Window};

pub(super) fn implementations(operation: &Operation, items: &mut Vec<Item>) {
    let request = ident(&operation.request.name);
    let pagination = operation.pagination.as_ref().map(paginated);
    let window = operation.pagination.as_ref();
    let window = window.and_then(|it| it.window.as_ref()).map(listed_by_time);
    let batch = operation.batch.as_ref().map(batched);
    let task = (!operation.tasks.is_empty()).then(|| starts_task(&operation.tasks));
    for (name, members) in [
        ("Paginated", pagination),
        ("ListedByTime", window),
        ("Batched", batch),
        ("StartsTask", task),
    ] {
        if let Some(members) = members {
            let name = ident(name);
            items.push(Item::Tokens(
                quote! { impl #name for #request { #members } },
            ));
        }
    }
}

/// How a reply says what came of each of several items.
pub(super) fn outcomes(operation: &Operation, items: &mut Vec<Item>) {
    let Some(outcome) = &operation.outcome else {
        return;
    };
    let reply = ident(&operation.reply.body().name);
    let members = item_outcomes(outcome);
    items.push(Item::Tokens(
        quote! { impl ItemOutcomes for #reply { #members } },
    ));
}

fn item_outcomes(outcome: &Outcome) -> TokenStream {
    let Outcome {
        items,
        item,
        success,
        told_by,
    } = outcome;
    let success = match success {
        Success::States { values, .. } => quote! { States(&[#(#values),*]) },
        Success::WithoutError(_) => quote! { WithoutError },
        _ => quote! { Never },
    };
    let items = ident(&items.name);
    let told = told_by.as_ref().map(|told| {
        let name = ident(&told.name);
        quote! {
            fn told(item: &Self::Item) -> Option<&str> { item.#name.as_ref().map(|it| it.as_ref()) }
        }
    });
    quote! {
        type Item = #item;
        const SUCCESS: Success = Success::#success;
        fn items(&self) -> &[Self::Item] { &self.#items }
        #told
    }
}

/// The same for replies as JSON.
pub(super) fn outcome_facts(outcome: &Outcome) -> TokenStream {
    let items = &outcome.items.wire;
    let told_by = option(outcome.told_by.as_ref().map(|told| &told.wire));
    quote! {
        OutcomeFacts {
            items: #items,
            told_by: #told_by,
            success: <Self::Response as ItemOutcomes>::SUCCESS,
        }
    }
}

fn paginated(pagination: &Pagination) -> TokenStream {
    let Pagination {
        style,
        position,
        first,
        size,
        default_size,
        ceiling,
        item,
        items,
        total,
        next,
        window,
    } = pagination;
    let window = option(
        window
            .as_ref()
            .map(|_| quote! { <Self as ListedByTime>::WINDOW }),
    );
    let style = ident(style);
    let first = number(*first);
    let default_size = option(default_size.map(number));
    let ceiling = option(ceiling.map(number));
    let items_wire = &items.wire;
    let total_wire = option(total.as_ref().map(|it| &it.wire));
    let next_wire = option(next.as_ref().map(|it| &it.wire));
    let items = ident(&items.name);
    let total = total.as_ref().map(|field| {
        let name = ident(&field.name);
        let value = match &field.ty {
            RustType::Option(inner) if **inner == RustType::I32 => {
                quote! { page.#name.map(i64::from) }
            }
            _ => quote! { page.#name },
        };
        quote! { fn total(page: &Self::Response) -> Option<i64> { #value } }
    });
    let next = next.as_ref().map(|field| {
        let name = ident(&field.name);
        quote! { fn next(page: &Self::Response) -> Option<&str> { page.#name.as_deref() } }
    });
    quote! {
        type Item = #item;
        const PAGINATION: &'static Pagination = &Pagination {
            style: PageStyle::#style,
            position: #position,
            first: #first,
            size: #size,
            default_size: #default_size,
            ceiling: #ceiling,
            items: #items_wire,
            total: #total_wire,
            next: #next_wire,
            window: #window,
        };
        fn items(page: &mut Self::Response) -> &mut Vec<Self::Item> { &mut page.#items }
        #total
        #next
    }
}

fn listed_by_time(window: &Window) -> TokenStream {
    let Window {
        from,
        to,
        id: (wire, name),
    } = window;
    let name = ident(name);
    quote! {
        const WINDOW: Window = Window { from: #from, to: #to, id: #wire };
        fn id(item: &Self::Item) -> Option<&str> { item.#name.as_deref() }
    }
}

fn batched(batch: &Batch) -> TokenStream {
    let (value, values) = (&batch.value, ident(&batch.values.name));
    let size = Literal::i64_unsuffixed(batch.size);
    let (take, set) = if batch.values.required {
        (
            quote! { Some(std::mem::take(&mut self.#values)) },
            quote! { values },
        )
    } else {
        (quote! { self.#values.take() }, quote! { Some(values) })
    };
    quote! {
        type Value = #value;
        const BATCH_SIZE: usize = #size;
        fn take_values(&mut self) -> Option<Vec<Self::Value>> { #take }
        fn set_values(&mut self, values: Vec<Self::Value>) { self.#values = #set; }
    }
}

/// All tasks are asked for by one operation.
fn starts_task(tasks: &[Task]) -> TokenStream {
    let status = tasks.first().map(|task| ident(&task.status));
    let facts = tasks.iter().map(task_facts);
    quote! {
        type Status = #status;
        const TASKS: &'static [TaskFacts] = &[#(#facts),*];
    }
}

fn task_facts(task: &Task) -> TokenStream {
    let Task {
        asked_by,
        status,
        pass,
        set,
        since,
        state,
        done,
        failed,
        earlier,
        together,
        reason,
        reason_part,
        explained_by,
    } = task;
    let status = ident(status);
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(name, value)| quote! { (#name, #value) });
        quote! { &[#(#pairs),*] }
    };
    let (pass, set) = (pairs(pass), pairs(set));
    let asked_by = option(asked_by.as_ref());
    let since = option(since.as_ref());
    let earlier = option(earlier.as_ref());
    let together = option(together.as_ref());
    let reason = option(reason.as_ref());
    let reason_part = option(reason_part.as_ref());
    let explained_by = option(explained_by.as_ref().map(|request| {
        let request = ident(request);
        quote! { <#request as Operation>::META }
    }));
    quote! {
        TaskFacts {
            asked_by: #asked_by,
            status: <#status as Operation>::META,
            pass: #pass,
            set: #set,
            since: #since,
            state: #state,
            done: &[#(#done),*],
            failed: &[#(#failed),*],
            earlier: #earlier,
            together: #together,
            reason: #reason,
            reason_part: #reason_part,
            explained_by: #explained_by,
        }
    }
}
