//! The states of a media asset, which are independent of each other.

use super::machine;

machine! {
    /// How far the file of a media asset has come.
    Upload of "upload" {
        Creating = "CREATING",
        Created = "CREATED",
        Failed = "UPLOAD_FAILED",
        Cancelled = "CANCELLED",
        Copying = "OBS_CREATING",
        Copied = "OBS_CREATE_SUCCESS",
        CopyFailed = "OBS_CREATE_FAILED",
    }
    Creating + Succeed => Created,
    Creating + Fail => Failed,
    Creating + Cancel => Cancelled,
    Failed + Ask => Creating,
    Cancelled + Ask => Creating,
    CopyFailed + Ask => Creating,
    Copying + Succeed => Copied,
    Copying + Fail => CopyFailed,
    Copied + Succeed => Created,
}

machine! {
    /// How far transcoding has come.
    Transcode of "transcode" {
        Un = "UN_TRANSCODE",
        Waiting = "WAITING_TRANSCODE",
        Running = "TRANSCODING",
        Succeeded = "TRANSCODE_SUCCEED",
        Failed = "TRANSCODE_FAILED",
    }
    Un + Ask => Waiting,
    Succeeded + Ask => Waiting,
    Failed + Ask => Waiting,
    Waiting + Start => Running,
    Waiting + Cancel => Un,
    Waiting + Restore => Succeeded,
    Running + Succeed => Succeeded,
    Running + Fail => Failed,
    Succeeded + Clear => Un,
}

machine! {
    /// How far the snapshots have come.
    Snapshots of "thumbnail" {
        Un = "UN_THUMBNAIL",
        Running = "THUMBNAILING",
        Succeeded = "THUMBNAIL_SUCCEED",
        Failed = "THUMBNAIL_FAILED",
    }
    Un + Ask => Running,
    Succeeded + Ask => Running,
    Failed + Ask => Running,
    Running + Succeed => Succeeded,
    Running + Fail => Failed,
    Succeeded + Clear => Un,
}

machine! {
    /// How far the review has come, and what it found.
    Review of "review" {
        Un = "UN_REVIEW",
        Running = "REVIEWING",
        Passed = "REVIEW_PASSED",
        Suspicious = "REVIEW_SUSPICIOUS",
        Blocked = "REVIEW_BLOCKED",
        Failed = "REVIEW_FAILED",
    }
    Un + Ask => Running,
    Passed + Ask => Running,
    Suspicious + Ask => Running,
    Blocked + Ask => Running,
    Failed + Ask => Running,
    Running + Succeed => Passed,
    Running + Suspect => Suspicious,
    Running + Block => Blocked,
    Running + Fail => Failed,
}

machine! {
    /// Whether viewers see it.
    Publication of "publication" {
        Unpublished = "CREATED",
        Published = "PUBLISHED",
    }
    Unpublished + Publish => Published,
    Published + Unpublish => Unpublished,
}

machine! {
    /// The storage class of the files.
    Storage of "storage class" {
        Standard = "STANDARD",
        Warm = "WARM",
        Cold = "COLD",
    }
    Standard + Warm => Warm,
    Standard + Cool => Cold,
    Warm + Restore => Standard,
    Warm + Cool => Cold,
    Cold + Restore => Standard,
}
